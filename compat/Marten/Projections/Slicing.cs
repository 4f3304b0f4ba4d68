using JasperFx.Events;

namespace Marten.Events.Projections;

/// <summary>Sorts a page of events by the document they belong to, keeping their order.</summary>
internal interface ISlicer
{
    Dictionary<object, List<IEvent>> Slice(IReadOnlyList<IEvent> events);
}

/// <summary>One document per stream.</summary>
internal sealed class StreamSlicer : ISlicer
{
    public Dictionary<object, List<IEvent>> Slice(IReadOnlyList<IEvent> events)
    {
        var slices = new Dictionary<object, List<IEvent>>();
        foreach (var @event in events) slices.Add(@event.StreamId, @event);
        return slices;
    }
}

/// <summary>Documents named by the events themselves.</summary>
internal sealed class IdentitySlicer<TId> : ISlicer where TId : notnull
{
    private readonly Dictionary<Type, Func<IEvent, IReadOnlyList<TId>>> _identities = [];

    public bool IsEmpty => _identities.Count == 0;
    public IEnumerable<Type> EventTypes => _identities.Keys;

    public void Add<TEvent>(Func<TEvent, IReadOnlyList<TId>> identities) where TEvent : notnull
    {
        var wrapped = typeof(TEvent).IsGenericType && typeof(TEvent).GetGenericTypeDefinition() == typeof(IEvent<>);
        if (wrapped) _identities[typeof(TEvent).GenericTypeArguments[0]] = e => identities((TEvent)e);
        else _identities[typeof(TEvent)] = e => identities((TEvent)e.Data);
    }

    public Dictionary<object, List<IEvent>> Slice(IReadOnlyList<IEvent> events)
    {
        var slices = new Dictionary<object, List<IEvent>>();
        foreach (var @event in events)
            if (For(@event.EventType) is { } identities)
                foreach (var id in identities(@event)) slices.Add(id, @event);
        return slices;
    }

    private Func<IEvent, IReadOnlyList<TId>>? For(Type eventType)
    {
        if (_identities.TryGetValue(eventType, out var exact)) return exact;
        foreach (var (type, identities) in _identities) if (type.IsAssignableFrom(eventType)) return identities;
        return null;
    }
}

internal static class SliceDictionary
{
    public static void Add(this Dictionary<object, List<IEvent>> slices, object id, IEvent @event)
    {
        if (!slices.TryGetValue(id, out var slice)) slices[id] = slice = [];
        slice.Add(@event);
    }
}
