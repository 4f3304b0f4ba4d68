// Signatures of Marten 9.29.0: facts, without a body.
using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.IO;
using System.Linq.Expressions;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Protected;
using JasperFx.Events.Subscriptions;
using JasperFx.OpenTelemetry;
using Marten;
using Marten.Events;
using Marten.Events.Projections;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Services;
using Marten.Services.Json.Transformations;
using Marten.Storage;
using Marten.Storage.Metadata;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Postgresql.Tables;
using Weasel.Storage;

// In no namespace.
public static class EventStoreOptionsExtensions
{
    public static extern IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(this IEventStoreOptions options, uint schemaVersion) where TEvent : class;
    public static extern IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(this IEventStoreOptions options, string suffix) where TEvent : class;
    public static extern IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
}

namespace Marten
{
    public class AdvancedOperations
    {
        internal extern AdvancedOperations();
        public extern Task<EventStoreStatistics> FetchEventStoreStatistics(string? tenantId = null, CancellationToken token = default);
        public extern Task<IReadOnlyList<ShardState>> AllProjectionProgress(string? tenantId = null, CancellationToken token = default);
        public extern Task<long> ProjectionProgressFor(ShardName name, string? tenantId = null, CancellationToken token = default);
        public extern IReadOnlyList<ShardName> AllAsyncProjectionShardNames();
        public extern Task ApplyEventDataMasking(Action<IEventDataMasking> configure, CancellationToken token = default);
        public extern Task RebuildSingleStreamAsync<T>(Guid id, CancellationToken token = default) where T : class;
        public extern Task ResetAllData(CancellationToken cancellation = default);
        public extern IDocumentCleaner Clean { get; }
    }

    public class AdvancedOptions
    {
        internal extern AdvancedOptions();
        public extern bool DefaultTenantUsageEnabled { get; set; }
    }

    public abstract class DocumentSessionListenerBase : IDocumentSessionListener
    {
        public virtual extern Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token);
        public virtual extern Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
        public virtual extern void DocumentLoaded(object id, object document);
        public virtual extern void DocumentAddedForStorage(object id, object document);
        protected extern DocumentSessionListenerBase();
    }

    public class DocumentStore : IDocumentStore
    {
        public extern DocumentStore(StoreOptions options);
        public static extern DocumentStore For(string connectionString);
        public static extern DocumentStore For(Action<StoreOptions> configure);
        public extern IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted);
        public extern IDocumentSession LightweightSession(SessionOptions options);
        public extern IDocumentSession OpenSession(SessionOptions options);
        public extern IQuerySession QuerySession();
        public extern IQuerySession QuerySession(SessionOptions options);
        public extern ValueTask<IProjectionDaemon> BuildProjectionDaemonAsync(string? tenantIdOrDatabaseIdentifier = null, ILogger? logger = null);
        public extern ValueTask DisposeAsync();
        public virtual extern void Dispose();
        public extern StoreOptions Options { get; }
        public extern IMartenStorage Storage { get; }
        public extern AdvancedOperations Advanced { get; }
        extern IReadOnlyStoreOptions IDocumentStore.Options { get; }
    }

    public static class HostExtensions
    {
        public static extern IDocumentStore DocumentStore(this IHost host);
        public static extern IDocumentStore DocumentStore(this IServiceProvider services);
        public static extern Task PauseAllDaemonsAsync(this IHost host);
        public static extern Task ResumeAllDaemonsAsync(this IHost host);
        public static extern Task CleanAllMartenDataAsync(this IHost host);
        public static extern Task ResetAllMartenDataAsync(this IHost host);
        public static extern IServiceCollection MartenDaemonModeIsSolo(this IServiceCollection services);
    }

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

    public interface IDocumentSession : IDocumentOperations
    {
        Task SaveChangesAsync(CancellationToken token = default);
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

    public class MartenRegistry
    {
        internal extern MartenRegistry();
        public extern MartenRegistry.DocumentMappingExpression<T> For<T>();

        public class DocumentMappingExpression<T>
        {
            internal extern DocumentMappingExpression();
            public extern MartenRegistry.DocumentMappingExpression<T> DocumentAlias(string alias);
            public extern MartenRegistry.DocumentMappingExpression<T> DatabaseSchemaName(string databaseSchemaName);
            public extern MartenRegistry.DocumentMappingExpression<T> Identity(Expression<Func<T, object>> member);
            public extern MartenRegistry.DocumentMappingExpression<T> Index(Expression<Func<T, object?>> expression, Action<ComputedIndex>? configure = null);
            public extern MartenRegistry.DocumentMappingExpression<T> Index(IReadOnlyCollection<Expression<Func<T, object>>> expressions, Action<ComputedIndex>? configure = null);
            public extern MartenRegistry.DocumentMappingExpression<T> UniqueIndex(params Expression<Func<T, object>>[] expressions);
            public extern MartenRegistry.DocumentMappingExpression<T> UniqueIndex(string indexName, params Expression<Func<T, object>>[] expressions);
            public extern MartenRegistry.DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, params Expression<Func<T, object>>[] expressions);
            public extern MartenRegistry.DocumentMappingExpression<T> UniqueIndex(UniqueIndexType indexType, string indexName, params Expression<Func<T, object>>[] expressions);
            public extern MartenRegistry.DocumentMappingExpression<T> Duplicate(Expression<Func<T, object?>> expression, string? pgType = null, NpgsqlDbType? dbType = null, Action<DocumentIndex>? configure = null, bool notNull = false, bool partOfPrimaryKey = false);
            public extern MartenRegistry.DocumentMappingExpression<T> GinIndexJsonData(Action<DocumentIndex>? configureIndex = null);
            public extern MartenRegistry.DocumentMappingExpression<T> UseOptimisticConcurrency(bool enabled);
            public extern MartenRegistry.DocumentMappingExpression<T> UseNumericRevisions(bool enabled);
        }
    }

    public static class MartenServiceCollectionExtensions
    {
        public static extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddMarten(this IServiceCollection services);
        public static extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddMarten(this IServiceCollection services, string connectionString);
        public static extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddMarten(this IServiceCollection services, StoreOptions options);
        public static extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddMarten(this IServiceCollection services, Action<StoreOptions> configure);
        public static extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddMarten(this IServiceCollection services, Func<IServiceProvider, StoreOptions> optionSource);
        public static extern IServiceCollection ConfigureMarten(this IServiceCollection services, Action<StoreOptions> configure);
        public static extern IServiceCollection ConfigureMarten(this IServiceCollection services, Action<IServiceProvider, StoreOptions> configure);

        public class MartenConfigurationExpression
        {
            internal extern MartenConfigurationExpression();
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression UseLightweightSessions();
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression UseNpgsqlDataSource(object? serviceKey = null);
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression ApplyAllDatabaseChangesOnStartup();
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression AssertDatabaseMatchesConfigurationOnStartup();
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression InitializeWith(params IInitialData[] data);
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression InitializeWith<T>() where T : class, IInitialData;
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddAsyncDaemon(DaemonMode mode);
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddSubscriptionWithServices<T>(ServiceLifetime lifetime, Action<ISubscriptionOptions>? configure = null) where T : class, ISubscription;
            public extern MartenServiceCollectionExtensions.MartenConfigurationExpression AddProjectionWithServices<T>(ProjectionLifecycle lifecycle, ServiceLifetime lifetime, Action<ProjectionBase>? configure = null) where T : class, IMartenRegistrable;
            public extern IServiceCollection Services { get; }
        }
    }

    public class NullChangeListener : IChangeListener
    {
        internal extern NullChangeListener();
        public extern Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
        public extern Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token);
        public static extern IChangeListener Instance { get; }
    }

    public class StoreOptions : IReadOnlyStoreOptions
    {
        public const int DefaultTimeout = 5;
        public readonly MartenRegistry Schema;
        public extern StoreOptions();
        public extern void Connection(string connectionString);
        public extern void Connection(NpgsqlDataSource dataSource);
        public extern ISerializer Serializer();
        public extern void UseSystemTextJsonForSerialization(EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default, Action<JsonSerializerOptions>? configure = null);
        public extern void UseSystemTextJsonForSerialization(JsonSerializerOptions? options, EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default, Action<JsonSerializerOptions>? configure = null);
        public extern void RegisterDocumentType<T>();
        public extern void RegisterDocumentType(Type documentType);
        public extern string DatabaseSchemaName { get; set; }
        public extern AutoCreate AutoCreateSchemaObjects { get; set; }
        public extern string StoreName { get; set; }
        public extern int CommandTimeout { get; set; }
        public extern int ApplyChangesLockId { get; set; }
        public extern bool DisableNpgsqlLogging { get; set; }
        public extern IEventStoreOptions Events { get; }
        public extern ProjectionOptions Projections { get; }
        public extern List<IDocumentSessionListener> Listeners { get; }
        public extern Marten.Services.OpenTelemetryOptions OpenTelemetry { get; }
        public extern AdvancedOptions Advanced { get; }
    }
}

namespace Marten.Events
{
    public class EventStoreStatistics
    {
        public extern EventStoreStatistics();
        public extern long EventCount { get; set; }
        public extern long StreamCount { get; set; }
        public extern long EventSequenceNumber { get; set; }
    }

    public interface IEventStoreOperations : JasperFx.Events.IEventStoreOperations, Marten.Events.IQueryEventStore;

    public interface IEventStoreOptions
    {
        IEventStoreOptions AddEventType<TEvent>();
        void AddEventType(Type eventType);
        void AddEventTypes(IEnumerable<Type> types);
        void MapEventType<TEvent>(string eventTypeName) where TEvent : class;
        void MapEventType(Type eventType, string eventTypeName);
        IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
        IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
        IEventStoreOptions Upcast(params IEventUpcaster[] upcasters);
        IEventStoreOptions Upcast<TUpcaster>() where TUpcaster : IEventUpcaster, new();
        void AddMaskingRuleForProtectedInformation<T>(Action<T> action);
        void AddMaskingRuleForProtectedInformation<T>(Func<T, T> func);
        void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null);
        StreamIdentity StreamIdentity { get; set; }
        string DatabaseSchemaName { get; set; }
        EventAppendMode AppendMode { get; set; }
        EventNamingStyle EventNamingStyle { get; set; }
        MetadataConfig MetadataConfig { get; }
        TimeProvider TimeProvider { get; set; }
        bool EnableUniqueIndexOnEventId { get; set; }
        bool EnableEventTypeIndex { get; set; }
        bool EnableAdvancedAsyncTracking { get; set; }
        bool EnableBigIntEvents { get; set; }
        bool UseIdentityMapForAggregates { get; set; }
        bool UseMandatoryStreamTypeDeclaration { get; set; }
        bool UseListenNotifyForEventAppends { get; set; }
    }

    public interface IQueryEventStore : JasperFx.Events.IQueryEventStore;

    public class MetadataConfig
    {
        internal extern MetadataConfig();
        public extern void EnableAll();
        public extern bool CorrelationIdEnabled { get; set; }
        public extern bool CausationIdEnabled { get; set; }
        public extern bool HeadersEnabled { get; set; }
        public extern bool UserNameEnabled { get; set; }
    }

    public static class TestingExtensions
    {
        public static extern Task WaitForNonStaleProjectionDataAsync(this IHost host, TimeSpan timeout);
        public static extern Task WaitForNonStaleProjectionDataAsync(this IDocumentStore store, TimeSpan timeout);
    }
}

namespace Marten.Events.Aggregation
{
    public class SingleStreamProjection<TDoc, TId> : ProjectionBase, IAggregationSteps<TDoc, IQuerySession>, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable where TDoc : notnull where TId : notnull
    {
        public extern SingleStreamProjection();
        public extern IAggregationSteps<TDoc, IQuerySession> DeleteEvent<TEvent>() where TEvent : class;
        public virtual extern TDoc? Evolve(TDoc? snapshot, TId id, IEvent e);
        public virtual extern ValueTask<TDoc?> EvolveAsync(TDoc? snapshot, TId id, IQuerySession session, IEvent e, CancellationToken cancellation);
    }
}

namespace Marten.Events.Projections
{
    public abstract class EventProjection : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable
    {
        protected extern EventProjection();
        public virtual extern ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation);
    }

    public interface IMartenRegistrable;

    public abstract class MultiStreamProjection<TDoc, TId> : ProjectionBase, IAggregationSteps<TDoc, IQuerySession>, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable where TDoc : notnull where TId : notnull
    {
        protected extern MultiStreamProjection();
        public extern void Identity<TEvent>(Func<TEvent, TId> identityFunc) where TEvent : notnull;
        public extern void Identities<TEvent>(Func<TEvent, IReadOnlyList<TId>> identitiesFunc) where TEvent : notnull;
        public extern IAggregationSteps<TDoc, IQuerySession> DeleteEvent<TEvent>() where TEvent : class;
        public virtual extern TDoc? Evolve(TDoc? snapshot, TId id, IEvent e);
        public virtual extern ValueTask<TDoc?> EvolveAsync(TDoc? snapshot, TId id, IQuerySession session, IEvent e, CancellationToken cancellation);
    }

    public class ProjectionOptions : DaemonSettings
    {
        internal extern ProjectionOptions();
        public extern MartenRegistry.DocumentMappingExpression<T> Snapshot<T>(SnapshotLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null);
        public extern MartenRegistry.DocumentMappingExpression<T> LiveStreamAggregation<T>(Action<AsyncOptions>? asyncConfiguration = null);
        public extern void Add<TProjectionType>(ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null) where TProjectionType : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, new();
        public extern void Add(IProjectionSource<IDocumentOperations, IQuerySession> source, ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null);
        public extern void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null);
        public extern ErrorHandlingOptions Errors { get; }
        public extern ErrorHandlingOptions RebuildErrors { get; }
    }
}

namespace Marten.Exceptions
{
    public class ConcurrentUpdateException : MartenException
    {
        public extern ConcurrentUpdateException(Exception innerException);
    }

    public class EventDeserializationFailureException : MartenException
    {
        internal extern EventDeserializationFailureException();
        public extern long Sequence { get; }
    }

    public class ExistingStreamIdCollisionException : MartenException
    {
        public extern ExistingStreamIdCollisionException(object id, Type aggregateType);
        public extern object Id { get; }
        public extern Type AggregateType { get; }
    }

    public class InvalidDocumentException : MartenException
    {
        public extern InvalidDocumentException(string message);
    }

    public class InvalidStreamOperationException : MartenException
    {
        public extern InvalidStreamOperationException(string message);
    }

    public class MartenCommandException : MartenException
    {
        internal extern MartenCommandException();
    }

    public class MartenException : Exception
    {
        public extern MartenException();
        public extern MartenException(string message);
        public extern MartenException(string message, Exception innerException);
    }

    public class MartenSchemaException : MartenException
    {
        internal extern MartenSchemaException();
    }

    public class NonExistentDocumentException : MartenException
    {
        public extern NonExistentDocumentException(Type docType, object id);
        public extern Type DocType { get; }
        public extern object Id { get; }
    }

    public class NonExistentStreamException : MartenException
    {
        public extern NonExistentStreamException(object id);
        public extern object Id { get; }
    }

    public class StreamLockedException : MartenException
    {
        public extern StreamLockedException(object streamId, Exception innerException);
    }

    public class UnknownEventTypeException : MartenException
    {
        public extern UnknownEventTypeException(string eventTypeName, long sequence);
        public extern UnknownEventTypeException(string eventTypeName);
        public extern string EventTypeName { get; }
        public extern long Sequence { get; }
    }
}

namespace Marten.Schema
{
    public class ComputedIndex : IndexDefinition
    {
        internal extern ComputedIndex();
    }

    public class DocumentIndex : IndexDefinition
    {
        internal extern DocumentIndex();
    }

    public interface IDocumentCleaner
    {
        Task DeleteAllDocumentsAsync(CancellationToken ct = default);
        Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default);
        Task DeleteAllEventDataAsync(CancellationToken ct = default);
        Task DeleteSingleEventStreamAsync(Guid streamId, string? tenantId = null, CancellationToken ct = default);
        Task CompletelyRemoveAllAsync(CancellationToken ct = default);
    }

    public interface IInitialData : IInitialData<IDocumentStore>;

    public enum UniqueIndexType { DuplicatedField, Computed }
}

namespace Marten.Services
{
    public interface IChangeSet
    {
        IEnumerable<IEvent> GetEvents();
        IEnumerable<StreamAction> GetStreams();
        IEnumerable<object> Updated { get; }
        IEnumerable<object> Inserted { get; }
        IEnumerable<IDeletion> Deleted { get; }
    }

    public interface IUnitOfWork
    {
        IEnumerable<object> Updates();
        IEnumerable<object> Inserts();
        IEnumerable<T> UpdatesFor<T>();
        IEnumerable<T> InsertsFor<T>();
        IEnumerable<T> AllChangedFor<T>();
        IList<StreamAction> Streams();
        IEnumerable<IDeletion> Deletions();
        IEnumerable<IDeletion> DeletionsFor<T>();
    }

    public sealed class OpenTelemetryOptions : JasperFx.OpenTelemetry.OpenTelemetryOptions
    {
        public extern void TrackEventCounters();
        public extern OpenTelemetryOptions();
    }

    public sealed class SessionOptions
    {
        public readonly IList<IDocumentSessionListener> Listeners;
        public static extern SessionOptions ForTransaction(NpgsqlTransaction transaction, bool shouldAutoCommit = false);
        public extern SessionOptions();
        public extern int? Timeout { get; set; }
        public extern IsolationLevel IsolationLevel { get; set; }
        public extern string TenantId { get; set; }
        public extern NpgsqlConnection? Connection { get; }
        public extern NpgsqlTransaction? Transaction { get; }
    }
}

namespace Marten.Services.Json.Transformations
{
    public abstract class EventUpcaster : IEventUpcaster
    {
        public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
        protected extern EventUpcaster();
        public virtual extern string EventTypeName { get; }
        public abstract Type EventType { get; }
    }

    public abstract class EventUpcaster<TEvent> : EventUpcaster
    {
        protected extern EventUpcaster();
        public override extern Type EventType { get; }
    }

    public abstract class EventUpcaster<TOldEvent, TEvent> : Marten.Services.Json.Transformations.EventUpcaster<TEvent> where TOldEvent : notnull where TEvent : notnull
    {
        public override extern object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
        protected abstract TEvent Upcast(TOldEvent oldEvent);
        protected extern EventUpcaster();
        public override extern string EventTypeName { get; }
    }

    public interface IEventUpcaster
    {
        object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
        string EventTypeName { get; }
        Type EventType { get; }
    }
}

namespace Marten.Services.Json.Transformations.SystemTextJson
{
    public abstract class EventUpcaster<TEvent> : Marten.Services.Json.Transformations.EventUpcaster<TEvent> where TEvent : notnull
    {
        public override extern object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
        protected abstract TEvent Upcast(JsonDocument oldEvent);
        protected extern EventUpcaster();
    }
}

namespace Marten.Storage
{
    public interface IMartenDatabase
    {
        Task AssertDatabaseMatchesConfigurationAsync(CancellationToken ct = default);
    }
}

namespace Marten.Storage.Metadata
{
    public class DocumentMetadata
    {
        public extern DocumentMetadata(object id);
        public extern object Id { get; }
        public extern Guid CurrentVersion { get; }
        public extern long CurrentRevision { get; }
        public extern DateTimeOffset LastModified { get; }
        public extern string DotNetType { get; }
        public extern string TenantId { get; }
    }
}

namespace Marten.Subscriptions
{
    public interface ISubscription
    {
        Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken);
    }

    public abstract class SubscriptionBase : EventFilterable, ISubscriptionOptions, ISubscription
    {
        protected extern SubscriptionBase();
        public abstract Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken);
        public extern string Name { get; set; }
        public extern uint Version { get; set; }
        public extern AsyncOptions Options { get; protected set; }
    }
}
