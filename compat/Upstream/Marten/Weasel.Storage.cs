// Signatures of Weasel.Storage 9.25.1: facts, without a body.
namespace Weasel.Storage;

public interface IDeletion
{
    object Document { get; set; }
    object Id { get; set; }
}
