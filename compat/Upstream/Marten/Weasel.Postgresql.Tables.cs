// Signatures of Weasel.Postgresql 9.25.1: facts, without a body.
namespace Weasel.Postgresql.Tables;

public class IndexDefinition
{
    internal extern IndexDefinition();
    public extern string Name { get; set; }
    public extern bool IsUnique { get; set; }
    public extern string? Predicate { get; set; }
}
