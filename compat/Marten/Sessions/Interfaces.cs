using System.Data.Common;
using JasperFx.Events;
using JasperFx.Events.Documents;
using Marten.Events;
using Marten.Services;
using Marten.Storage.Metadata;
using Npgsql;

namespace Marten;

/// <summary>Reads documents and events.</summary>
public interface IQuerySession : IAsyncDisposable, IDisposable
{
    /// <summary>The session's connection, opened on first use and kept until the session ends.</summary>
    NpgsqlConnection Connection { get; }
    IDocumentStore DocumentStore { get; }
    Marten.Events.IQueryEventStore Events { get; }
    string? CausationId { get; set; }
    string? CorrelationId { get; set; }
    string TenantId { get; }

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

    /// <summary>A full select of <c>data</c> or a scalar, or the part from <c>where</c> on; <c>?</c> marks a parameter.</summary>
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, params object[] parameters);
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken token, params object[] parameters);
    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, params object[] parameters);
    Task<IReadOnlyList<T>> QueryAsync<T>(char placeholder, string sql, CancellationToken token, params object[] parameters);

    Task<DocumentMetadata> MetadataForAsync<T>(T entity, CancellationToken token = default) where T : notnull;
    Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken token = default);
    Task<DbDataReader> ExecuteReaderAsync(NpgsqlCommand command, CancellationToken token = default);
}

/// <summary>Reads, and queues document changes for the next save.</summary>
public interface IDocumentOperations : IQuerySession
{
    new Marten.Events.IEventStoreOperations Events { get; }

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
}

/// <summary>One unit of work.</summary>
public interface IDocumentSession : IDocumentOperations, IDocumentSessionOperations
{
    IUnitOfWork PendingChanges { get; }
    string? LastModifiedBy { get; set; }
    IList<IDocumentSessionListener> Listeners { get; }

    void SetHeader(string key, object value);
    object? GetHeader(string key);
    void EjectAllPendingChanges();
    ValueTask BeginTransactionAsync(CancellationToken token);
}

/// <summary>Opens the sessions the container hands out.</summary>
public interface ISessionFactory
{
    IQuerySession QuerySession();
    IDocumentSession OpenSession();
}

/// <summary>Is told about a session's saves.</summary>
public interface IDocumentSessionListener
{
    Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token);
    Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
    void DocumentLoaded(object id, object document);
    void DocumentAddedForStorage(object id, object document);
}

/// <summary>A listener that does nothing until a method is overridden.</summary>
public abstract class DocumentSessionListenerBase : IDocumentSessionListener
{
    public virtual Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token) => Task.CompletedTask;
    public virtual Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) => Task.CompletedTask;
    public virtual void DocumentLoaded(object id, object document) { }
    public virtual void DocumentAddedForStorage(object id, object document) { }
}

/// <summary>Is told before and after a page of the daemon commits.</summary>
public interface IChangeListener
{
    Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
    Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
}

/// <summary>Listens to nothing.</summary>
public class NullChangeListener : IChangeListener
{
    private NullChangeListener() { }

    public static IChangeListener Instance { get; } = new NullChangeListener();

    public Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) => Task.CompletedTask;
    public Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) => Task.CompletedTask;
}
