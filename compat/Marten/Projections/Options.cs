using JasperFx.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;

namespace JasperFx.Events.Projections;

/// <summary>When a projection is brought up to date.</summary>
public enum ProjectionLifecycle { Inline, Async, Live }

/// <summary>When a stream's snapshot is written.</summary>
public enum SnapshotLifecycle { Inline, Async }

/// <summary>The projection's methods cannot be used.</summary>
public class InvalidProjectionException : Exception
{
    public InvalidProjectionException(string message) : base(message) { }
    internal InvalidProjectionException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>The first event of a stream makes no aggregate.</summary>
public class InvalidEventToStartAggregateException(Type aggregateType, Type projectionType, Type eventType)
    : Exception($"{eventType.FullName} cannot start {aggregateType.FullName}: {projectionType.FullName} has no Create for it and the aggregate no public parameterless constructor");

/// <summary>Which version of a projection this is; above 1 it runs beside the older one.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class ProjectionVersionAttribute(uint version) : Attribute
{
    public uint Version { get; } = version;
}

/// <summary>How much is read at a time, from where, and what a rebuild clears.</summary>
public class AsyncOptions
{
    public int BatchSize { get; set; } = 500;
    public int MaximumHopperSize { get; set; } = 5000;
    public bool TeardownDataOnRebuild { get; set; } = true;
    public bool EnableDocumentTrackingByIdentity { get; set; }
    public int CacheLimitPerTenant { get; set; }
    internal List<Type> TeardownTypes { get; } = [];
    internal StartingPoint Start { get; private set; } = new();

    public AsyncOptions SubscribeFromPresent(string? databaseIdentifier = null) => From(new StartingPoint { Present = true });

    public AsyncOptions SubscribeFromTime(DateTimeOffset eventTimestampFloor, string? databaseIdentifier = null) =>
        From(new StartingPoint { Time = eventTimestampFloor });

    public AsyncOptions SubscribeFromSequence(long sequenceFloor, string? databaseIdentifier = null) =>
        From(new StartingPoint { Sequence = sequenceFloor });

    public void DeleteViewTypeOnTeardown<T>() => DeleteViewTypeOnTeardown(typeof(T));

    public void DeleteViewTypeOnTeardown(Type type) => TeardownTypes.Add(type);

    private AsyncOptions From(StartingPoint start)
    {
        Start = start;
        return this;
    }

    internal sealed record StartingPoint(bool Present = false, DateTimeOffset? Time = null, long Sequence = 0);
}

/// <summary>Which events a projection or subscription sees.</summary>
public interface IEventFilterable
{
    bool IncludeArchivedEvents { get; set; }
    void IncludeType<T>();
    void IncludeType(Type type);
    void FilterIncomingEventsOnStreamType(Type streamType);
}

/// <summary>Remembers which events a projection or subscription sees; none named means all.</summary>
public class EventFilterable : IEventFilterable
{
    internal HashSet<Type> IncludedTypes { get; } = [];
    internal Type? StreamType { get; private set; }

    public bool IncludeArchivedEvents { get; set; }

    public void IncludeType<T>() => IncludeType(typeof(T));

    public void IncludeType(Type type) => IncludedTypes.Add(type);

    public void FilterIncomingEventsOnStreamType(Type streamType) => StreamType = streamType;
}

/// <summary>What every projection has: a name, a version, a lifecycle.</summary>
public abstract class ProjectionBase : EventFilterable
{
    protected ProjectionBase()
    {
        Name = GetType().Name;
        if (GetType().GetCustomAttributes(typeof(ProjectionVersionAttribute), true) is [ProjectionVersionAttribute v, ..]) Version = v.Version;
    }

    public string Name { get; set; }
    public uint Version { get; set; } = 1;
    public ProjectionLifecycle Lifecycle { get; set; } = ProjectionLifecycle.Async;
    public AsyncOptions Options { get; } = new();

    /// <summary>Makes this projection anew for each use, in a scope of its own.</summary>
    internal Func<AsyncServiceScope>? NewScope { get; set; }

    /// <summary>The projection for one use.</summary>
    internal ProjectionLease Lease()
    {
        if (NewScope is null) return new(this, null);
        var scope = NewScope();
        return new((ProjectionBase)scope.ServiceProvider.GetRequiredService(GetType()), scope);
    }
}

/// <summary>A projection for the time of one use.</summary>
internal readonly struct ProjectionLease(ProjectionBase projection, AsyncServiceScope? scope) : IAsyncDisposable
{
    public ProjectionBase Projection { get; } = projection;

    public ValueTask DisposeAsync() => scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>A projection that a store of these operations and queries can run.</summary>
public interface IProjectionSource<TOperations, TQuerySession> where TOperations : TQuerySession;

/// <summary>The identity of one independently advancing reader of the events.</summary>
public class ShardName
{
    public const string All = "All";

    public ShardName(string name) : this(name, All, 1) { }

    public ShardName(string name, string shardKey, uint version)
    {
        Name = name;
        ShardKey = shardKey;
        Version = version;
        Identity = version > 1 ? $"{name}:V{version}:{shardKey}" : $"{name}:{shardKey}";
    }

    public string Name { get; }
    public string ShardKey { get; }
    public uint Version { get; }
    public string Identity { get; }

    public override string ToString() => Identity;
    public override bool Equals(object? obj) => obj is ShardName other && other.Identity == Identity;
    public override int GetHashCode() => Identity.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Whether a state tells of a shard that follows the store, or of its rebuild.</summary>
public enum ShardMode { none, continuous, rebuilding }

/// <summary>How far a shard has come.</summary>
public class ShardState(string shardName, long sequence)
{
    public const string HighWaterMark = "HighWaterMark";

    public ShardState(ShardName shardName, long sequence) : this(shardName.Identity, sequence) { }

    public string ShardName { get; } = shardName;
    public long Sequence { get; } = sequence;
    public Exception? Exception { get; set; }
    public ShardAction Action { get; set; }

    public ShardMode Mode { get; set; } = ShardMode.continuous;

    /// <summary>Where a rebuild will end, as far as is known.</summary>
    public long RebuildThreshold { get; set; }

    public override string ToString() => $"{ShardName} at {Sequence}";
}
