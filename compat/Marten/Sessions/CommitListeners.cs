using JasperFx.Events;
using JasperFx.Events.Documents;
using Marten.Services;

namespace JasperFx.Events.Documents
{
    /// <summary>Is told what a session has committed, whatever store it belongs to.</summary>
    public interface IDocumentCommitListener
    {
        Task AfterCommitAsync(IDocumentSessionOperations session, IDocumentChangeSet commit, CancellationToken token);
    }

    /// <summary>A unit of work, as listeners of any store know it.</summary>
    public interface IDocumentSessionOperations
    {
        /// <summary>What the next save appends.</summary>
        IReadOnlyList<StreamAction> PendingStreams { get; }

        /// <summary>Writes everything queued as one transaction.</summary>
        Task SaveChangesAsync(CancellationToken token = default);
    }

    /// <summary>Which documents a commit wrote and deleted.</summary>
    public interface IDocumentChangeSet
    {
        IReadOnlyList<object> Inserted { get; }
        IReadOnlyList<object> Updated { get; }
        IReadOnlyList<IDocumentDeletion> Deleted { get; }
    }

    /// <summary>A document that a commit deleted.</summary>
    public interface IDocumentDeletion
    {
        Type DocumentType { get; }
        object? Id { get; }
    }
}

namespace Marten.Sessions
{
    /// <summary>Tells a listener that knows no Marten.</summary>
    internal sealed class CommitListener(IDocumentCommitListener listener) : DocumentSessionListenerBase
    {
        public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) =>
            listener.AfterCommitAsync(session, new Changes([.. commit.Inserted], [.. commit.Updated], [.. commit.Deleted.Cast<Deletion>()]), token);

        private sealed record Changes(IReadOnlyList<object> Inserted, IReadOnlyList<object> Updated, IReadOnlyList<IDocumentDeletion> Deleted) : IDocumentChangeSet;
    }
}
