// Signatures of Marten 9.29.0: facts, without a body.
namespace Marten.Storage;

public interface IMartenDatabase
{
    Task AssertDatabaseMatchesConfigurationAsync(CancellationToken ct = default);
}
