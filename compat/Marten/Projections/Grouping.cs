namespace JasperFx.Events.Grouping
{
    /// <summary>Whether events are made from others before it is asked which documents they belong to, or after.</summary>
    public enum FanoutMode { BeforeGrouping, AfterGrouping }

    /// <summary>Where events are put with the documents they belong to.</summary>
    public interface IEventGrouping<in TId>
    {
        void AddEvent(TId id, IEvent @event);
        void AddEvents(TId id, IEnumerable<IEvent> events);
        void AddEvents<TEvent>(Func<TEvent, TId> singleIdSource, IEnumerable<IEvent> events) where TEvent : notnull;
        void AddEvents<TEvent>(Func<TEvent, IEnumerable<TId>> multipleIdSource, IEnumerable<IEvent> events) where TEvent : notnull;
    }

    /// <summary>Says for a page of events which documents they belong to, reading something for it if need be.</summary>
    public interface IJasperFxAggregateGrouper<out TId, in TQuerySession>
    {
        Task Group(TQuerySession session, IReadOnlyList<IEvent> events, IEventGrouping<TId> grouping);
    }
}

namespace JasperFx.Events
{
    /// <summary>What one page held for one document.</summary>
    public interface IEventSlice
    {
        string TenantId { get; }
        IReadOnlyList<IEvent> Events();
    }

    /// <summary>What one page held for one document, and what shall follow from it.</summary>
    public interface IEventSlice<T> : IEventSlice
    {
        /// <summary>The document as it is now; null when it is gone.</summary>
        T? Snapshot { get; }

        void AppendEvent<TEvent>(Guid streamId, TEvent @event) where TEvent : notnull;
        void AppendEvent<TEvent>(TEvent @event) where TEvent : notnull;
        IEnumerable<IEvent> RaisedEvents();
    }
}

namespace Marten.Events.Aggregation
{
    /// <summary>Says for a page of events which documents they belong to, reading something for it if need be.</summary>
    public interface IAggregateGrouper<T> : JasperFx.Events.Grouping.IJasperFxAggregateGrouper<T, IQuerySession>;
}

namespace Marten.Events.Projections
{
    /// <summary>One document's part of a page, while side effects are raised.</summary>
    internal sealed class Slice<T>(object id, T? snapshot, IReadOnlyList<JasperFx.Events.IEvent> events) : JasperFx.Events.IEventSlice<T>
    {
        private readonly List<JasperFx.Events.IEvent> _raised = [];

        public string TenantId => JasperFx.StorageConstants.DefaultTenantId;
        public T? Snapshot => snapshot;

        public IReadOnlyList<JasperFx.Events.IEvent> Events() => events;

        public void AppendEvent<TEvent>(Guid streamId, TEvent @event) where TEvent : notnull =>
            _raised.Add(new JasperFx.Events.Event<TEvent>(@event) { StreamId = streamId });

        public void AppendEvent<TEvent>(TEvent @event) where TEvent : notnull => AppendEvent(
            id is Guid stream ? stream : throw new InvalidOperationException($"{typeof(T).Name} is not identified by a stream: name the stream of {typeof(TEvent).Name}."),
            @event);

        public IEnumerable<JasperFx.Events.IEvent> RaisedEvents() => _raised;
    }
}
