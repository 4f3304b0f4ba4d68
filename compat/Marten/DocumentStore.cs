using System.Collections.Concurrent;
using System.Data;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten.Events;
using Marten.Events.Daemon;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Services;
using Marten.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Marten;

/// <summary>The store: options, statement texts and connections, all fixed once it is built.</summary>
public partial class DocumentStore : IDocumentStore
{
    private readonly ConcurrentDictionary<Type, object> _plans = new();
    private readonly bool _ownsDataSource;
    private bool _disposed;

    public DocumentStore(StoreOptions options) : this(options, null, null) { }

    internal DocumentStore(StoreOptions options, IServiceProvider? services, ILoggerFactory? loggers)
    {
        RefuseWhatIsNotSupported(options);
        (StoreOptions, Services) = (options, services);
        Logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("Marten");
        _ownsDataSource = options.DataSource is null;
        DataSource = options.DataSource ?? BuildDataSource(options, loggers);
        PreparesExplicitly = new NpgsqlConnectionStringBuilder(DataSource.ConnectionString).MaxAutoPrepare == 0;
        Events.Register(options.Projections);
        AppendLock = AppendLock.For(Events);
        EventSql = new EventSql(Events, options, AppendLock);
        EventReader = new EventReader(Events, options.Json);
        Schema = new StoreSchema(this);
        Advanced = new AdvancedOperations(this);
        Wakeup = new Wakeup(this);
    }

    public StoreOptions Options => StoreOptions;
    IReadOnlyStoreOptions IDocumentStore.Options => Options;
    public IMartenStorage Storage => Schema;
    public AdvancedOperations Advanced { get; }

    internal StoreOptions StoreOptions { get; }
    internal IServiceProvider? Services { get; }
    internal ILogger Logger { get; }
    internal NpgsqlDataSource DataSource { get; }
    internal EventGraph Events => StoreOptions.EventGraph;
    internal EventSql EventSql { get; }
    internal EventReader EventReader { get; }
    internal StoreSchema Schema { get; }
    internal AppendLock AppendLock { get; }
    internal Wakeup Wakeup { get; }

    /// <summary>A foreign data source without automatic preparation: statements are prepared by hand, once per connection.</summary>
    internal bool PreparesExplicitly { get; }

    /// <summary>A store without a container.</summary>
    public static DocumentStore For(string connectionString) => For(options => options.Connection(connectionString));

    /// <summary>A store without a container.</summary>
    public static DocumentStore For(Action<StoreOptions> configure)
    {
        var options = new StoreOptions();
        configure(options);
        return new DocumentStore(options);
    }

    public IDocumentSession LightweightSession(IsolationLevel isolationLevel = IsolationLevel.ReadCommitted) =>
        new DocumentSession(this, new SessionOptions { IsolationLevel = isolationLevel });

    public IDocumentSession LightweightSession(SessionOptions options) => new DocumentSession(this, options);

    public IDocumentSession OpenSession(SessionOptions options) => new DocumentSession(this, options);

    public IQuerySession QuerySession() => new DocumentSession(this, new SessionOptions());

    public IQuerySession QuerySession(SessionOptions options) => new DocumentSession(this, options);

    public ValueTask<IProjectionDaemon> BuildProjectionDaemonAsync(string? tenantIdOrDatabaseIdentifier = null, ILogger? logger = null) =>
        new(new ProjectionDaemon(this, logger ?? Logger));

    public async ValueTask DisposeAsync()
    {
        // The container disposes once per service type the store is registered under.
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await Wakeup.DisposeAsync();
        Schema.Dispose();
        if (_ownsDataSource) await DataSource.DisposeAsync();
    }

    public virtual void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        Wakeup.Dispose();
        Schema.Dispose();
        if (_ownsDataSource) DataSource.Dispose();
    }

    internal FetchPlan<T> PlanFor<T>() where T : class => (FetchPlan<T>)_plans.GetOrAdd(typeof(T), static (_, store) => new FetchPlan<T>(store), this);

    internal DocumentSession Session() => new(this, new SessionOptions());

    internal void Appended(int events)
    {
        Telemetry.Appended.Add(events);
        Wakeup.Appended();
    }

    internal void Conflicted(Exception conflict)
    {
        Telemetry.Conflicts.Add(1);
        LogConflict(Logger, conflict);
    }

    // Better no store than one that does something else than its options say.
    private static void RefuseWhatIsNotSupported(StoreOptions options)
    {
        if (options.Events.StreamIdentity != StreamIdentity.AsGuid) throw new MartenException("Streams are identified by Guid here; StreamIdentity.AsString is not supported.");
        if (!options.Events.EnableBigIntEvents) throw new MartenException("Versions and numbers are bigint here; EnableBigIntEvents cannot be turned off.");
        if (!options.Advanced.DefaultTenantUsageEnabled) throw new MartenException("There is one tenant here; DefaultTenantUsageEnabled cannot be turned off.");
    }

    private static NpgsqlDataSource BuildDataSource(StoreOptions options, ILoggerFactory? loggers)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString
            ?? throw new MartenException("The store has no connection. Call Connection(…) or UseNpgsqlDataSource()."));

        // Sessions leave nothing behind on a connection, so resetting it would only cost; statements are few and repeat.
        connection.NoResetOnClose = true;
        connection.IncludeFailedBatchedCommand = true;
        if (connection.MaxAutoPrepare == 0) (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (200, 2);
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        if (!options.DisableNpgsqlLogging && loggers is not null) builder.UseLoggerFactory(loggers);
        else builder.UseLoggerFactory(NullLoggerFactory.Instance);
        return builder.Build();
    }

    // Losing a race is ordinary; the message of the exception names the stream or document and nothing else.
    [LoggerMessage(Level = LogLevel.Debug, Message = "Somebody else was first")]
    private static partial void LogConflict(ILogger logger, Exception conflict);
}
