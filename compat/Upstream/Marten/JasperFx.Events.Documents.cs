// Signatures of JasperFx.Events 2.53.0: facts, without a body.
namespace JasperFx.Events.Documents;

public interface IDocumentChangeSet
{
    IReadOnlyList<object> Inserted { get; }
    IReadOnlyList<object> Updated { get; }
    IReadOnlyList<IDocumentDeletion> Deleted { get; }
}

public interface IDocumentCommitListener
{
    Task AfterCommitAsync(IDocumentSessionOperations session, IDocumentChangeSet commit, CancellationToken token);
}

public interface IDocumentDeletion
{
    Type DocumentType { get; }
    object? Id { get; }
}

public interface IDocumentSessionOperations
{
    Task SaveChangesAsync(CancellationToken token = default);
    IReadOnlyList<StreamAction> PendingStreams { get; }
}
