using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Schema;

namespace Marten.Events.Projections;

/// <summary>Folds the events of one stream (or one group of events) into one document.</summary>
internal abstract class Aggregator(Type documentType)
{
    public Type DocumentType { get; } = documentType;

    /// <summary>Null when the aggregate decides for itself which events it knows.</summary>
    public abstract IReadOnlyCollection<Type>? EventTypes { get; }

    public bool Handles(Type eventType)
    {
        if (EventTypes is not { } known) return true;
        foreach (var type in known) if (type.IsAssignableFrom(eventType)) return true;
        return false;
    }

    public abstract ValueTask<object?> Fold(object? snapshot, object id, IReadOnlyList<IEvent> events, IQuerySession session, CancellationToken ct);

    /// <summary>What shall follow from the page, in its own transaction; never in a rebuild.</summary>
    public virtual ValueTask RaiseSideEffects(object? snapshot, object id, IReadOnlyList<IEvent> events, IDocumentOperations operations) => default;
}

/// <summary>One event applied to a document; null deletes it or leaves it unmade.</summary>
internal delegate T? Step<T>(T? document, IEvent @event) where T : notnull;

/// <summary>An aggregator of a known document type that works without awaiting anything.</summary>
internal sealed class Aggregator<T>(Step<T> step, IReadOnlyCollection<Type>? eventTypes, DocumentMapping? mapping) : Aggregator(typeof(T)) where T : notnull
{
    private readonly Action<object, object>? _setVersion = VersionSetter();
    private readonly Func<object, object?>? _getId = mapping?.IdMember is { } id ? new MemberPath([id]).CompileGetter(typeof(T)) : null;
    private readonly Action<object, object>? _setId = mapping?.IdMember is { } id ? Members.CompileSetter(typeof(T), id) : null;

    public override IReadOnlyCollection<Type>? EventTypes => eventTypes;

    public T? Fold(T? document, object id, IReadOnlyList<IEvent> events)
    {
        for (var i = 0; i < events.Count; i++) document = Apply(document, events[i]);
        if (document is null || events.Count == 0) return document;
        if (_setId is not null && _getId is not null && !Equals(_getId(document), id)) _setId(document, id);
        _setVersion?.Invoke(document, events[^1].Version);
        return document;
    }

    public override ValueTask<object?> Fold(object? snapshot, object id, IReadOnlyList<IEvent> events, IQuerySession session, CancellationToken ct) =>
        new((object?)Fold((T?)snapshot, id, events));

    private T? Apply(T? document, IEvent @event)
    {
        try
        {
            return step(document, @event);
        }
        catch (Exception e) when (e is not InvalidEventToStartAggregateException)
        {
            throw new ApplyEventException(@event, e);
        }
    }

    // The member called Version follows the stream's version, as a number of either size.
    private static Action<object, object>? VersionSetter()
    {
        var member = typeof(T).GetProperty("Version");
        if (member is null || Members.CompileSetter(typeof(T), member) is not { } set) return null;
        if (member.PropertyType == typeof(long)) return set;
        if (member.PropertyType == typeof(int)) return (document, version) => set(document, checked((int)(long)version));
        return null;
    }
}

/// <summary>Aggregators by document type, each compiled once.</summary>
internal sealed class AggregatorCache(StoreOptions options)
{
    private readonly ConcurrentDictionary<Type, Aggregator> _cache = new();

    public Aggregator<T> For<T>() where T : notnull => (Aggregator<T>)_cache.GetOrAdd(typeof(T), _ => SelfAggregate.Compile<T>(options));

    public void Set(Aggregator aggregator) => _cache[aggregator.DocumentType] = aggregator;

    public Aggregator? Find(Type documentType) => _cache.GetValueOrDefault(documentType);
}
