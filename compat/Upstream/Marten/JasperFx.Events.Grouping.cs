// Signatures of JasperFx.Events 2.53.0: facts, without a body.
namespace JasperFx.Events.Grouping;

public enum FanoutMode { BeforeGrouping, AfterGrouping }

public interface IEventGrouping<in TId>
{
    void AddEvent(TId id, IEvent @event);
    void AddEvents(TId id, IEnumerable<IEvent> events);
    void AddEvents<TEvent>(Func<TEvent, TId> singleIdSource, IEnumerable<IEvent> events) where TEvent : notnull;
    void AddEvents<TEvent>(Func<TEvent, IEnumerable<TId>> multipleIdSource, IEnumerable<IEvent> events) where TEvent : notnull;
}

public interface IJasperFxAggregateGrouper<out TId, in TQuerySession>
{
    Task Group(TQuerySession session, IReadOnlyList<IEvent> events, IEventGrouping<TId> grouping);
}
