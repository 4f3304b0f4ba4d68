using JasperFx.Events;
using JasperFx.Events.Grouping;

namespace Marten.Events.Projections;

/// <summary>Sorts a page of events by the document they belong to, keeping their order.</summary>
internal interface ISlicer
{
    ValueTask<Dictionary<object, List<IEvent>>> Slice(IReadOnlyList<IEvent> events, IQuerySession session);
}

/// <summary>One document per stream.</summary>
internal sealed class StreamSlicer : ISlicer
{
    public ValueTask<Dictionary<object, List<IEvent>>> Slice(IReadOnlyList<IEvent> events, IQuerySession session)
    {
        var slices = new Dictionary<object, List<IEvent>>();
        foreach (var @event in events) slices.Add(@event.StreamId, @event);
        return new(slices);
    }
}

/// <summary>Documents named by the events themselves, or by whoever groups them.</summary>
internal sealed class IdentitySlicer<TId> : ISlicer where TId : notnull
{
    private readonly Dictionary<Type, Func<IEvent, IReadOnlyList<TId>>> _identities = [];
    private readonly List<Func<IQuerySession, IReadOnlyList<IEvent>, IEventGrouping<TId>, Task>> _groupers = [];
    private readonly List<FanOut> _fanOuts = [];

    public bool IsEmpty => _identities.Count == 0 && !IsCustom;

    /// <summary>Which events belong to which document is not known before they are seen.</summary>
    public bool IsCustom => _groupers.Count > 0;

    /// <summary>Events that name their document, or that others are made from.</summary>
    public IEnumerable<Type> EventTypes => _identities.Keys.Concat(_fanOuts.Select(f => f.Source)).Except(Children);

    /// <summary>What is made from events and never stored.</summary>
    public IEnumerable<Type> Children => _fanOuts.Select(f => f.Child);

    public void Add<TEvent>(Func<TEvent, IReadOnlyList<TId>> identities) where TEvent : notnull
    {
        var wrapped = typeof(TEvent).IsGenericType && typeof(TEvent).GetGenericTypeDefinition() == typeof(IEvent<>);
        if (wrapped) _identities[typeof(TEvent).GenericTypeArguments[0]] = e => identities((TEvent)e);
        else _identities[typeof(TEvent)] = e => identities((TEvent)e.Data);
    }

    public void Add(Func<IQuerySession, IReadOnlyList<IEvent>, IEventGrouping<TId>, Task> grouper) => _groupers.Add(grouper);

    public void Add(FanOut fanOut) => _fanOuts.Add(fanOut);

    public bool Names(Type eventType) => IsCustom || Children.Contains(eventType)
        || EventTypes.Any(t => t.IsAssignableFrom(eventType) || eventType.IsAssignableFrom(t));

    public async ValueTask<Dictionary<object, List<IEvent>>> Slice(IReadOnlyList<IEvent> events, IQuerySession session)
    {
        foreach (var fanOut in _fanOuts) if (fanOut.Mode == FanoutMode.BeforeGrouping) events = fanOut.Apply(events);
        var grouping = new Grouping();
        foreach (var @event in events)
            if (For(@event.EventType) is { } identities)
                foreach (var id in identities(@event)) grouping.Slices.Add(id, @event);
        foreach (var grouper in _groupers) await grouper(session, events, grouping);

        // One event may have come to a document by two ways, and in another order than it happened.
        if (IsCustom)
            foreach (var (id, slice) in grouping.Slices) grouping.Slices[id] = [.. slice.Distinct().OrderBy(e => e.Sequence)];
        foreach (var fanOut in _fanOuts)
            if (fanOut.Mode == FanoutMode.AfterGrouping)
                foreach (var (id, slice) in grouping.Slices) grouping.Slices[id] = fanOut.Apply(slice);
        return grouping.Slices;
    }

    private Func<IEvent, IReadOnlyList<TId>>? For(Type eventType)
    {
        if (_identities.TryGetValue(eventType, out var exact)) return exact;
        foreach (var (type, identities) in _identities) if (type.IsAssignableFrom(eventType)) return identities;
        return null;
    }

    private sealed class Grouping : IEventGrouping<TId>
    {
        public Dictionary<object, List<IEvent>> Slices { get; } = [];

        public void AddEvent(TId id, IEvent @event) => Slices.Add(id, @event);

        public void AddEvents(TId id, IEnumerable<IEvent> events)
        {
            foreach (var @event in events) AddEvent(id, @event);
        }

        public void AddEvents<TEvent>(Func<TEvent, TId> singleIdSource, IEnumerable<IEvent> events) where TEvent : notnull =>
            AddEvents<TEvent>(e => [singleIdSource(e)], events);

        public void AddEvents<TEvent>(Func<TEvent, IEnumerable<TId>> multipleIdSource, IEnumerable<IEvent> events) where TEvent : notnull
        {
            foreach (var @event in events)
                if ((@event is TEvent wrapped ? wrapped : @event.Data is TEvent data ? data : default) is { } source)
                    foreach (var id in multipleIdSource(source)) AddEvent(id, @event);
        }
    }
}

/// <summary>Events made from one event, each standing behind it as if it had been recorded with it.</summary>
internal sealed record FanOut(Type Source, Type Child, FanoutMode Mode, Func<IEvent, IEnumerable<IEvent>> Make)
{
    public static FanOut From<TEvent, TChild>(Func<IEvent<TEvent>, IEnumerable<TChild>> make, FanoutMode mode) where TEvent : notnull where TChild : notnull =>
        new(typeof(TEvent), typeof(TChild), mode, e => e is IEvent<TEvent> source ? make(source).Select(child => (IEvent)new Event<TChild>(child)
        {
            Id = e.Id, Version = e.Version, Sequence = e.Sequence, StreamId = e.StreamId, StreamKey = e.StreamKey, Timestamp = e.Timestamp,
            TenantId = e.TenantId, CausationId = e.CausationId, CorrelationId = e.CorrelationId, UserName = e.UserName, Headers = e.Headers,
            IsArchived = e.IsArchived, AggregateTypeName = e.AggregateTypeName,
        }) : []);

    public List<IEvent> Apply(IReadOnlyList<IEvent> events) => [.. events.SelectMany(e => Make(e).Prepend(e))];
}

internal static class SliceDictionary
{
    public static void Add(this Dictionary<object, List<IEvent>> slices, object id, IEvent @event)
    {
        if (!slices.TryGetValue(id, out var slice)) slices[id] = slice = [];
        slice.Add(@event);
    }
}
