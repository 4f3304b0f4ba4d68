using System.Data;
using JasperFx;
using JasperFx.Events.Daemon;
using Marten.Services;
using Marten.Storage;
using Microsoft.Extensions.Logging;

namespace Marten
{
    /// <summary>One event and document store in one PostgreSQL database.</summary>
    public interface IDocumentStore : IDisposable, IAsyncDisposable
    {
        IReadOnlyStoreOptions Options { get; }
        IMartenStorage Storage { get; }
        AdvancedOperations Advanced { get; }

        IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted);
        IDocumentSession LightweightSession(SessionOptions options);
        IDocumentSession OpenSession(SessionOptions options);
        IQuerySession QuerySession();
        IQuerySession QuerySession(SessionOptions options);
        ValueTask<IProjectionDaemon> BuildProjectionDaemonAsync(string? tenantIdOrDatabaseIdentifier = null, ILogger? logger = null);
    }

    /// <summary>The store's schema in the database.</summary>
    public interface IMartenStorage
    {
        /// <summary>Creates what is missing; two processes may do it at once.</summary>
        Task ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override = null);

        string ToDatabaseScript();
        IMartenDatabase Database { get; }
    }
}

namespace Marten.Storage
{
    /// <summary>The database behind a store.</summary>
    public interface IMartenDatabase
    {
        /// <summary>Throws when a table, column or function the options ask for is missing.</summary>
        Task AssertDatabaseMatchesConfigurationAsync(CancellationToken ct = default);
    }
}

namespace Marten.Schema
{
    /// <summary>Data a Marten store is filled with when the host starts.</summary>
    public interface IInitialData : IInitialData<IDocumentStore>;

    /// <summary>Empties a store; for tests and rebuilds.</summary>
    public interface IDocumentCleaner
    {
        Task DeleteAllDocumentsAsync(CancellationToken ct = default);
        Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default);
        Task DeleteAllEventDataAsync(CancellationToken ct = default);
        Task DeleteSingleEventStreamAsync(Guid streamId, string? tenantId = null, CancellationToken ct = default);
        Task CompletelyRemoveAllAsync(CancellationToken ct = default);
    }
}
