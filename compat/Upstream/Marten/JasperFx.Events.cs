// Signatures of JasperFx.Events 2.53.0: facts, without a body.
namespace JasperFx.Events;

public record Archived(string Reason);

public class EmptyEventStreamException : Exception
{
    public extern EmptyEventStreamException(Guid id);
}

public static class Event
{
    public static extern IEvent<T> For<T>(T data) where T : notnull;
    public static extern IEvent<T> AsEvent<T>(this T data) where T : notnull;
    public static extern IEvent WithHeader(this IEvent e, string key, object value);
    public static extern IEvent AtTimestamp(this IEvent e, DateTimeOffset timestamp);
}

public class Event<T> : IEvent<T> where T : notnull
{
    public extern Event(T data);
    public extern void SetHeader(string key, object value);
    public extern object? GetHeader(string key);
    public extern T Data { get; set; }
    public extern Guid Id { get; set; }
    public extern long Version { get; set; }
    public extern long Sequence { get; set; }
    public extern Guid StreamId { get; set; }
    public extern string? StreamKey { get; set; }
    public extern DateTimeOffset Timestamp { get; set; }
    public extern string TenantId { get; set; }
    public extern Type EventType { get; }
    public extern string EventTypeName { get; set; }
    public extern string DotNetTypeName { get; set; }
    public extern string? CausationId { get; set; }
    public extern string? CorrelationId { get; set; }
    public extern string? UserName { get; set; }
    public extern Dictionary<string, object>? Headers { get; set; }
    public extern bool IsArchived { get; set; }
    public extern bool IsSkipped { get; set; }
    public extern string? AggregateTypeName { get; set; }
    extern object IEvent.Data { get; }
}

public enum EventAppendMode { Rich, Quick, QuickWithServerTimestamps }

public enum EventNamingStyle { ClassicTypeName, SmarterTypeName, FullTypeName }

public class EventStreamUnexpectedMaxEventIdException : ConcurrencyException
{
    public extern EventStreamUnexpectedMaxEventIdException(object id, Type? aggregateType, long expected, long actual);
    public extern EventStreamUnexpectedMaxEventIdException(string? message);
    public extern Type? AggregateType { get; }
}

public interface IEvent
{
    void SetHeader(string key, object value);
    object? GetHeader(string key);
    Guid Id { get; set; }
    long Version { get; set; }
    long Sequence { get; set; }
    object Data { get; }
    Guid StreamId { get; set; }
    string? StreamKey { get; set; }
    DateTimeOffset Timestamp { get; set; }
    string TenantId { get; set; }
    Type EventType { get; }
    string EventTypeName { get; set; }
    string DotNetTypeName { get; set; }
    string? CausationId { get; set; }
    string? CorrelationId { get; set; }
    string? UserName { get; set; }
    Dictionary<string, object>? Headers { get; set; }
    bool IsArchived { get; set; }
    bool IsSkipped { get; set; }
    string? AggregateTypeName { get; set; }
}

public interface IEvent<out T> : IEvent where T : notnull
{
    new T Data { get; }
}

public interface IEventOperations
{
    StreamAction Append(Guid stream, IEnumerable<object> events);
    StreamAction Append(Guid stream, params object[] events);
    StreamAction Append(Guid stream, long expectedVersion, params object[] events);
    StreamAction StartStream<TAggregate>(Guid id, params object[] events) where TAggregate : class;
    StreamAction StartStream<TAggregate>(params object[] events) where TAggregate : class;
    StreamAction StartStream<TAggregate>(IEnumerable<object> events) where TAggregate : class;
    StreamAction StartStream(Type aggregateType, Guid id, params object[] events);
    StreamAction StartStream(Type aggregateType, Guid id, IEnumerable<object> events);
    StreamAction StartStream(Guid id, params object[] events);
    StreamAction StartStream(Guid id, IEnumerable<object> events);
    StreamAction StartStream(params object[] events);
}

public interface IEventSlice
{
    IReadOnlyList<IEvent> Events();
    string TenantId { get; }
}

public interface IEventSlice<T> : IEventSlice
{
    void AppendEvent<TEvent>(Guid streamId, TEvent @event) where TEvent : notnull;
    void AppendEvent<TEvent>(TEvent @event) where TEvent : notnull;
    IEnumerable<IEvent> RaisedEvents();
    T? Snapshot { get; }
}

public interface IEventStoreOperations : IEventOperations, JasperFx.Events.IQueryEventStore
{
    StreamAction Append(Guid stream, long expectedVersion, IEnumerable<object> events);
    StreamAction StartStream<TAggregate>(Guid id, IEnumerable<object> events) where TAggregate : class;
    Task<IEventStream<T>> FetchForWriting<T>(Guid id, CancellationToken cancellation = default) where T : class;
    Task<IEventStream<T>> FetchForWriting<T>(Guid id, long expectedVersion, CancellationToken cancellation = default) where T : class;
    Task<IEventStream<T>> FetchForExclusiveWriting<T>(Guid id, CancellationToken cancellation = default) where T : class;
    Task WriteToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class;
    Task WriteToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class;
    Task WriteToAggregate<T>(Guid id, int expectedVersion, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class;
    Task WriteToAggregate<T>(Guid id, int expectedVersion, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class;
    Task WriteExclusivelyToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class;
    Task WriteExclusivelyToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class;
    ValueTask<T?> FetchLatest<T>(Guid id, CancellationToken cancellation = default) where T : class;
    ValueTask<T?> ProjectLatest<T>(Guid id, CancellationToken cancellation = default) where T : class;
    Task AppendOptimistic(Guid streamId, CancellationToken token, params object[] events);
    Task AppendOptimistic(Guid streamId, params object[] events);
    Task AppendExclusive(Guid streamId, CancellationToken token, params object[] events);
    Task AppendExclusive(Guid streamId, params object[] events);
    void ArchiveStream(Guid streamId);
    IEvent BuildEvent(object data);
}

public interface IEventStream<out T> where T : notnull
{
    void AppendOne(object @event);
    void AppendMany(params object[] events);
    void AppendMany(IEnumerable<object> events);
    void TryFastForwardVersion();
    T? Aggregate { get; }
    long? StartingVersion { get; }
    long? CurrentVersion { get; }
    CancellationToken Cancellation { get; }
    Guid Id { get; }
    string? Key { get; }
    IReadOnlyList<IEvent> Events { get; }
    bool AlwaysEnforceConsistency { get; set; }
}

public interface IQueryEventStore
{
    Task<IReadOnlyList<IEvent>> FetchStreamAsync(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default);
    Task<T?> AggregateStreamAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, T? state = null, long fromVersion = 0, CancellationToken token = default) where T : class;
    Task<StreamState?> FetchStreamStateAsync(Guid streamId, CancellationToken token = default);
    Task<IEvent<T>?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : class;
    Task<IEvent?> LoadAsync(Guid id, CancellationToken token = default);
    Task<T?> AggregateStreamToLastKnownAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, CancellationToken token = default) where T : class;
}

public class StreamAction
{
    public extern StreamAction(Guid stream, StreamActionType actionType);
    public extern StreamAction AddEvent(IEvent @event);
    public extern StreamAction AddEvents(IReadOnlyList<IEvent> events);
    public extern Guid Id { get; }
    public extern string? Key { get; }
    public extern StreamActionType ActionType { get; }
    public extern Type? AggregateType { get; set; }
    public extern string? AggregateTypeName { get; }
    public extern string TenantId { get; set; }
    public extern IReadOnlyList<IEvent> Events { get; }
    public extern long? ExpectedVersionOnServer { get; set; }
    public extern long Version { get; set; }
    public extern bool AlwaysEnforceConsistency { get; set; }
    public extern DateTimeOffset? Timestamp { get; }
}

public enum StreamActionType { Start, Append }

public enum StreamIdentity { AsGuid, AsString }

public class StreamState
{
    public extern StreamState();
    public extern StreamState(Guid id, long version, Type? aggregateType, DateTimeOffset lastTimestamp, DateTimeOffset created);
    public extern Guid Id { get; set; }
    public extern string? Key { get; set; }
    public extern long Version { get; set; }
    public extern Type? AggregateType { get; set; }
    public extern DateTimeOffset LastTimestamp { get; set; }
    public extern DateTimeOffset Created { get; set; }
    public extern bool IsArchived { get; set; }
}
