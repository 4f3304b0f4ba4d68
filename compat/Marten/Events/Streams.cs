namespace JasperFx.Events;

/// <summary>What streams are identified by.</summary>
public enum StreamIdentity { AsGuid, AsString }

/// <summary>Who stamps an event and when its version is checked.</summary>
public enum EventAppendMode { Rich, Quick, QuickWithServerTimestamps }

/// <summary>How an event type's stored name is derived from its class.</summary>
public enum EventNamingStyle { ClassicTypeName, SmarterTypeName, FullTypeName }

/// <summary>Whether a stream is begun or continued.</summary>
public enum StreamActionType { Start, Append }

/// <summary>What one unit of work does to one stream.</summary>
public class StreamAction
{
    private readonly List<IEvent> _events = [];

    public StreamAction(Guid stream, StreamActionType actionType) => (Id, ActionType) = (stream, actionType);

    public Guid Id { get; }
    public string? Key { get; }
    public StreamActionType ActionType { get; internal set; }
    public Type? AggregateType { get; set; }
    public string? AggregateTypeName { get; internal set; }
    public string TenantId { get; set; } = StorageConstants.DefaultTenantId;
    public IReadOnlyList<IEvent> Events => _events;

    /// <summary>The version the stream must have before the append; null appends wherever the stream stands.</summary>
    public long? ExpectedVersionOnServer { get; set; }

    /// <summary>The version of the last event after the append.</summary>
    public long Version { get; set; }

    public bool AlwaysEnforceConsistency { get; set; }
    public DateTimeOffset? Timestamp { get; internal set; }

    public StreamAction AddEvent(IEvent @event)
    {
        _events.Add(@event);
        return this;
    }

    public StreamAction AddEvents(IReadOnlyList<IEvent> events)
    {
        _events.AddRange(events);
        return this;
    }

    /// <summary>The aggregate as it was fetched, if it was; the inline snapshot is folded from it.</summary>
    internal object? Fetched { get; set; }
    internal bool IsFetched { get; set; }

    /// <summary>When the snapshot was written that it was fetched from; null when there was none.</summary>
    internal DateTimeOffset? FetchedWritten { get; set; }
}

/// <summary>What the store knows about a stream without reading its events.</summary>
public class StreamState
{
    public StreamState() { }

    public StreamState(Guid id, long version, Type? aggregateType, DateTimeOffset lastTimestamp, DateTimeOffset created) =>
        (Id, Version, AggregateType, LastTimestamp, Created) = (id, version, aggregateType, lastTimestamp, created);

    public Guid Id { get; set; }
    public string? Key { get; set; }
    public long Version { get; set; }
    public Type? AggregateType { get; set; }
    public DateTimeOffset LastTimestamp { get; set; }
    public DateTimeOffset Created { get; set; }
    public bool IsArchived { get; set; }
}

/// <summary>An aggregate fetched for writing, and the events to add to its stream.</summary>
public interface IEventStream<out T> where T : notnull
{
    T? Aggregate { get; }
    long? StartingVersion { get; }
    long? CurrentVersion { get; }
    CancellationToken Cancellation { get; }
    Guid Id { get; }
    string? Key { get; }
    IReadOnlyList<IEvent> Events { get; }
    bool AlwaysEnforceConsistency { get; set; }

    void AppendOne(object @event);
    void AppendMany(params object[] events);
    void AppendMany(IEnumerable<object> events);
    void TryFastForwardVersion();
}

/// <summary>The stream is not at the version the append was decided on.</summary>
public class EventStreamUnexpectedMaxEventIdException : ConcurrencyException
{
    public EventStreamUnexpectedMaxEventIdException(object id, Type? aggregateType, long expected, long actual)
        : base($"Unexpected starting version number for event stream '{id}', expected {expected} but was {actual}", aggregateType, id) =>
        AggregateType = aggregateType;

    public EventStreamUnexpectedMaxEventIdException(string? message) : base(message ?? "") { }

    public Type? AggregateType { get; }
}

/// <summary>A stream cannot be started without events.</summary>
public class EmptyEventStreamException(Guid id) : Exception($"A new event stream ('{id}') cannot be started without any events");
