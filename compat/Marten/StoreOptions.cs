using System.Collections.Concurrent;
using System.Text.Json;
using JasperFx;
using JasperFx.Events.Documents;
using Marten.Events;
using Marten.Events.Projections;
using Marten.Schema;
using Marten.Services;
using Marten.Sessions;
using Npgsql;
using Weasel.Core;

namespace Marten;

/// <summary>What the application may read of a store's options.</summary>
public interface IReadOnlyStoreOptions
{
    string DatabaseSchemaName { get; set; }
    ISerializer Serializer();
}

/// <summary>Everything a store is told before it is built.</summary>
public class StoreOptions : IReadOnlyStoreOptions
{
    public const int DefaultTimeout = 5;

    public readonly MartenRegistry Schema;

    private readonly ConcurrentDictionary<Type, DocumentMapping> _mappings = new();
    private SystemTextJsonSerializer _serializer = new(new JsonSerializerOptions(), EnumStorage.AsInteger, Casing.Default);

    public StoreOptions()
    {
        EventGraph = new EventGraph(this);
        Projections = new ProjectionOptions(this);
        Schema = new MartenRegistry(this);
        RegisterDocumentType<JasperFx.Events.Daemon.DeadLetterEvent>();
    }

    public string DatabaseSchemaName { get; set; } = "public";
    public AutoCreate AutoCreateSchemaObjects { get; set; } = AutoCreate.CreateOrUpdate;
    public string StoreName { get; set; } = "Marten";
    public int CommandTimeout { get; set; } = DefaultTimeout;
    public int ApplyChangesLockId { get; set; } = 4004;
    public bool DisableNpgsqlLogging { get; set; } = true;
    public IEventStoreOptions Events => EventGraph;
    public ProjectionOptions Projections { get; }
    public List<IDocumentSessionListener> Listeners { get; } = [];
    public OpenTelemetryOptions OpenTelemetry { get; } = new();
    public AdvancedOptions Advanced { get; } = new();

    internal EventGraph EventGraph { get; }
    internal string? ConnectionString { get; private set; }
    internal NpgsqlDataSource? DataSource { get; private set; }
    internal SystemTextJsonSerializer Json => _serializer;
    internal IEnumerable<DocumentMapping> Mappings => _mappings.Values.OrderBy(m => m.Alias, StringComparer.Ordinal);

    /// <summary>A data source of the store's own, tuned for it (automatic preparation, no reset between uses).</summary>
    public void Connection(string connectionString) => ConnectionString = connectionString;

    /// <summary>A data source that somebody else owns and disposes.</summary>
    public void Connection(NpgsqlDataSource dataSource) => DataSource = dataSource;

    /// <summary>Tells the listener after each commit what was written.</summary>
    public StoreOptions AddCommitListener(IDocumentCommitListener listener)
    {
        Listeners.Add(new CommitListener(listener));
        return this;
    }

    public ISerializer Serializer() => _serializer;

    public void UseSystemTextJsonForSerialization(
        EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default, Action<JsonSerializerOptions>? configure = null) =>
        UseSystemTextJsonForSerialization(null, enumStorage, casing, configure);

    public void UseSystemTextJsonForSerialization(
        JsonSerializerOptions? options, EnumStorage enumStorage = EnumStorage.AsInteger, Casing casing = Casing.Default,
        Action<JsonSerializerOptions>? configure = null)
    {
        var chosen = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        configure?.Invoke(chosen);
        _serializer = new SystemTextJsonSerializer(chosen, enumStorage, casing);
    }

    public void RegisterDocumentType<T>() => RegisterDocumentType(typeof(T));

    public void RegisterDocumentType(Type documentType) => MappingFor(documentType);

    internal DocumentMapping MappingFor(Type type) => _mappings.GetOrAdd(type, t => new DocumentMapping(t, this));
}

/// <summary>Switches that few stores touch.</summary>
public class AdvancedOptions
{
    internal AdvancedOptions() { }

    public bool DefaultTenantUsageEnabled { get; set; } = true;
}
