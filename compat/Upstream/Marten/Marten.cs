// Signatures of Marten 9.29.0: facts, without a body.
using System.Data;
using System.Linq.Expressions;
using System.Text.Json;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Documents;
using JasperFx.Events.Projections;
using JasperFx.Events.Protected;
using JasperFx.Events.Subscriptions;
using Marten.Events;
using Marten.Events.Projections;
using Marten.Schema;
using Marten.Services;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;

namespace Marten;

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
    public extern StoreOptions AddCommitListener(IDocumentCommitListener listener);
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
