namespace JasperFx.Events
{
    /// <summary>Queues events for the next save.</summary>
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

    /// <summary>Reads streams and events.</summary>
    public interface IQueryEventStore
    {
        Task<IReadOnlyList<IEvent>> FetchStreamAsync(
            Guid streamId, long version = 0, DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default);

        Task<T?> AggregateStreamAsync<T>(
            Guid streamId, long version = 0, DateTimeOffset? timestamp = null, T? state = null, long fromVersion = 0, CancellationToken token = default)
            where T : class;

        Task<StreamState?> FetchStreamStateAsync(Guid streamId, CancellationToken token = default);
        Task<IEvent<T>?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : class;
        Task<IEvent?> LoadAsync(Guid id, CancellationToken token = default);

        Task<T?> AggregateStreamToLastKnownAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, CancellationToken token = default)
            where T : class;
    }

    /// <summary>Reads streams, decides on them, and queues events.</summary>
    public interface IEventStoreOperations : IEventOperations, IQueryEventStore
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
}

namespace Marten.Events
{
    /// <summary>Reads streams and events of a Marten store.</summary>
    public interface IQueryEventStore : JasperFx.Events.IQueryEventStore;

    /// <summary>Everything a session can do with events.</summary>
    public interface IEventStoreOperations : JasperFx.Events.IEventStoreOperations, IQueryEventStore;
}
