// Signatures of Marten 9.29.0: facts, without a body.
using System.Data;
using System.Data.Common;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Documents;
using Marten.Events;
using Marten.Services;
using Marten.Storage;
using Marten.Storage.Metadata;
using Microsoft.Extensions.Logging;
using Npgsql;
using Weasel.Core;

namespace Marten;

public interface IChangeListener
{
    Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
    Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
}

public interface IConfigureMarten : IConfigureStore<StoreOptions>;

public interface IDocumentOperations : IQuerySession
{
    void Store<T>(IEnumerable<T> entities) where T : notnull;
    void Store<T>(params T[] entities) where T : notnull;
    void Insert<T>(IEnumerable<T> entities) where T : notnull;
    void Insert<T>(params T[] entities) where T : notnull;
    void Update<T>(IEnumerable<T> entities) where T : notnull;
    void Update<T>(params T[] entities) where T : notnull;
    void StoreObjects(IEnumerable<object> documents);
    void InsertObjects(IEnumerable<object> documents);
    void UpdateRevision<T>(T entity, long revision) where T : notnull;
    void TryUpdateRevision<T>(T entity, long revision) where T : notnull;
    void UpdateExpectedVersion<T>(T entity, Guid version) where T : notnull;
    void Delete<T>(T entity) where T : notnull;
    void Delete<T>(Guid id) where T : notnull;
    void Delete<T>(string id) where T : notnull;
    void Delete<T>(int id) where T : notnull;
    void Delete<T>(long id) where T : notnull;
    void Delete<T>(object id) where T : notnull;
    void DeleteObjects(IEnumerable<object> documents);
    void QueueSqlCommand(string sql, params object[] parameterValues);
    void QueueSqlCommand(char placeholder, string sql, params object[] parameterValues);
    new Marten.Events.IEventStoreOperations Events { get; }
}

public interface IDocumentSession : IDocumentOperations, IDocumentSessionOperations
{
    void SetHeader(string key, object value);
    object? GetHeader(string key);
    void EjectAllPendingChanges();
    ValueTask BeginTransactionAsync(CancellationToken token);
    IUnitOfWork PendingChanges { get; }
    string? LastModifiedBy { get; set; }
    IList<IDocumentSessionListener> Listeners { get; }
    new Marten.Events.IEventStoreOperations Events { get; }
}

public interface IDocumentSessionListener
{
    Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token);
    Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
    void DocumentLoaded(object id, object document);
    void DocumentAddedForStorage(object id, object document);
}

public interface IDocumentStore : IDisposable, IAsyncDisposable
{
    IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted);
    IDocumentSession LightweightSession(SessionOptions options);
    IDocumentSession OpenSession(SessionOptions options);
    IQuerySession QuerySession();
    IQuerySession QuerySession(SessionOptions options);
    ValueTask<IProjectionDaemon> BuildProjectionDaemonAsync(string? tenantIdOrDatabaseIdentifier = null, ILogger? logger = null);
    IReadOnlyStoreOptions Options { get; }
    IMartenStorage Storage { get; }
    AdvancedOperations Advanced { get; }
}

public interface IMartenStorage
{
    Task ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override = null);
    string ToDatabaseScript();
    IMartenDatabase Database { get; }
}

public interface IQuerySession : IDisposable, IAsyncDisposable
{
    Task<T?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : notnull;
    Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull;
    Task<T?> LoadAsync<T>(int id, CancellationToken token = default) where T : notnull;
    Task<T?> LoadAsync<T>(long id, CancellationToken token = default) where T : notnull;
    Task<T?> LoadAsync<T>(object id, CancellationToken token = default) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(params Guid[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(params string[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<Guid> ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(IEnumerable<string> ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params Guid[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, params string[] ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<Guid> ids) where T : notnull;
    Task<IReadOnlyList<T>> LoadManyAsync<T>(CancellationToken token, IEnumerable<string> ids) where T : notnull;
    Task<bool> CheckExistsAsync<T>(Guid id, CancellationToken token = default) where T : notnull;
    Task<bool> CheckExistsAsync<T>(string id, CancellationToken token = default) where T : notnull;
    Task<bool> CheckExistsAsync<T>(object id, CancellationToken token = default) where T : notnull;
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, params object[] parameters);
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters);
    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, params object[] parameters);
    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token, params object[] parameters);
    Task<DocumentMetadata> MetadataForAsync<T>(T entity, CancellationToken token = default) where T : notnull;
    Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken token = default);
    Task<DbDataReader> ExecuteReaderAsync(NpgsqlCommand command, CancellationToken token = default);
    NpgsqlConnection Connection { get; }
    IDocumentStore DocumentStore { get; }
    Marten.Events.IQueryEventStore Events { get; }
    string? CausationId { get; set; }
    string? CorrelationId { get; set; }
    string TenantId { get; }
}

public interface IReadOnlyStoreOptions
{
    ISerializer Serializer();
    string DatabaseSchemaName { get; set; }
}

public interface ISerializer
{
    string ToJson(object? document);
    T FromJson<T>(Stream stream);
    object FromJson(Type type, Stream stream);
    EnumStorage EnumStorage { get; }
    Casing Casing { get; }
}

public interface ISessionFactory
{
    IQuerySession QuerySession();
    IDocumentSession OpenSession();
}
