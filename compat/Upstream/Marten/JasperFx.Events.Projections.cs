// Signatures of JasperFx.Events 2.53.0: facts, without a body.
using JasperFx.Events.Daemon;

namespace JasperFx.Events.Projections;

public class AsyncOptions
{
    public extern AsyncOptions SubscribeFromPresent(string? databaseIdentifier = null);
    public extern AsyncOptions SubscribeFromTime(DateTimeOffset eventTimestampFloor, string? databaseIdentifier = null);
    public extern AsyncOptions SubscribeFromSequence(long sequenceFloor, string? databaseIdentifier = null);
    public extern void DeleteViewTypeOnTeardown<T>();
    public extern void DeleteViewTypeOnTeardown(Type type);
    public extern AsyncOptions();
    public extern int BatchSize { get; set; }
    public extern int MaximumHopperSize { get; set; }
    public extern bool TeardownDataOnRebuild { get; set; }
    public extern bool EnableDocumentTrackingByIdentity { get; set; }
    public extern int CacheLimitPerTenant { get; set; }
}

public class EventFilterable : IEventFilterable
{
    public extern void IncludeType<T>();
    public extern void IncludeType(Type type);
    public extern void FilterIncomingEventsOnStreamType(Type streamType);
    public extern EventFilterable();
    public extern bool IncludeArchivedEvents { get; set; }
}

public class EventRange
{
    internal extern EventRange();
    public extern ValueTask SkipEventSequence(long eventSequence);
    public extern ShardName ShardName { get; }
    public extern long SequenceFloor { get; }
    public extern long SequenceCeiling { get; }
    public extern List<IEvent> Events { get; set; }
    public extern int Size { get; }
}

public interface IEventFilterable
{
    void IncludeType<T>();
    void IncludeType(Type type);
    void FilterIncomingEventsOnStreamType(Type streamType);
    bool IncludeArchivedEvents { get; set; }
}

public interface IProjectionSource<TOperations, TQuerySession> where TOperations : TQuerySession;

public class InvalidEventToStartAggregateException : Exception
{
    public extern InvalidEventToStartAggregateException(Type aggregateType, Type projectionType, Type eventType);
}

public class InvalidProjectionException : Exception
{
    public extern InvalidProjectionException(string message);
}

public abstract class ProjectionBase : EventFilterable
{
    protected extern ProjectionBase();
    public extern string Name { get; set; }
    public extern uint Version { get; set; }
    public extern ProjectionLifecycle Lifecycle { get; set; }
    public extern AsyncOptions Options { get; }
}

public enum ProjectionLifecycle { Inline, Async, Live }

[AttributeUsage(AttributeTargets.Class)]
public class ProjectionVersionAttribute : Attribute
{
    public extern ProjectionVersionAttribute(uint version);
    public extern uint Version { get; }
}

public enum ShardMode { none, continuous, rebuilding }

public class ShardName
{
    public const string All = "All";
    public extern ShardName(string name);
    public extern ShardName(string name, string shardKey, uint version);
    public extern string Name { get; }
    public extern string ShardKey { get; }
    public extern uint Version { get; }
    public extern string Identity { get; }
}

public class ShardState
{
    public const string HighWaterMark = "HighWaterMark";
    public extern ShardState(string shardName, long sequence);
    public extern ShardState(ShardName shardName, long sequence);
    public extern string ShardName { get; }
    public extern long Sequence { get; }
    public extern Exception? Exception { get; set; }
    public extern ShardAction Action { get; set; }
    public extern ShardMode Mode { get; set; }
    public extern long RebuildThreshold { get; set; }
}

public enum SnapshotLifecycle { Inline, Async }
