using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using Marten.Events.Daemon;
using Marten.Events.Projections;
using Marten.Schema;

namespace Marten.Events.Projections;

/// <summary>Folds events into documents, by overridden Evolve or by public Create, Apply and ShouldDelete methods.</summary>
public abstract class AggregationProjection<TDoc, TId> : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, IAggregationSteps<TDoc, IQuerySession>
    where TDoc : notnull where TId : notnull
{
    private ConventionalMethods<TDoc>? _methods;

    private readonly HashSet<Type> _deletes = [];

    protected AggregationProjection() => Name = typeof(TDoc).NameInCode();

    /// <summary>This event ends the document.</summary>
    public IAggregationSteps<TDoc, IQuerySession> DeleteEvent<TEvent>() where TEvent : class
    {
        _deletes.Add(typeof(TEvent));
        return this;
    }

    /// <summary>The document after one event; null deletes it.</summary>
    public virtual TDoc? Evolve(TDoc? snapshot, TId id, IEvent e) => (_methods ??= Conventions.Compile<TDoc>(GetType(), this)).Step(snapshot, e);

    /// <summary>The document after one event, when reading something else is needed for it.</summary>
    public virtual ValueTask<TDoc?> EvolveAsync(TDoc? snapshot, TId id, IQuerySession session, IEvent e, CancellationToken cancellation) =>
        new(Evolve(snapshot, id, e));

    /// <summary>Appends events, or queues other work, because of what a page has made of a document; asynchronous projections only, never in a rebuild.</summary>
    public virtual ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<TDoc> slice) => default;

    /// <summary>The same with the document's identity, which a deleted document no longer tells.</summary>
    public virtual ValueTask RaiseSideEffects(IDocumentOperations operations, TId id, IEventSlice<TDoc> slice) => RaiseSideEffects(operations, slice);

    internal Aggregator BuildAggregator(DocumentMapping mapping)
    {
        Shapes.RejectHidden(GetType());
        var overridden = Overrides(nameof(Evolve)) || Overrides(nameof(EvolveAsync));
        if (Lifecycle != ProjectionLifecycle.Async && Overrides(nameof(RaiseSideEffects)))
            throw new InvalidProjectionException($"{GetType().FullName} raises side effects, which only asynchronous projections do. Use Async.");
        if (NewScope is not null && !overridden)
            throw new InvalidProjectionException($"{GetType().FullName} is made anew for each use, so its methods would be compiled each time. Override Evolve or EvolveAsync, or register it as a singleton.");
        IReadOnlyCollection<Type>? events = overridden ? null : [.. Conventions.Compile<TDoc>(GetType(), this).EventTypes.Union(_deletes)];
        if (events is { Count: 0 })
            throw new InvalidProjectionException($"{GetType().FullName} folds no event. Give it public Create/Apply methods or override Evolve.");
        return new ProjectionAggregator(this, events, mapping);
    }

    private bool Overrides(string method) =>
        GetType().GetMethods().Any(m => m.Name == method && m.GetBaseDefinition().DeclaringType == typeof(AggregationProjection<TDoc, TId>)
            && m.DeclaringType != typeof(AggregationProjection<TDoc, TId>));

    private sealed class ProjectionAggregator(
        AggregationProjection<TDoc, TId> projection, IReadOnlyCollection<Type>? eventTypes, DocumentMapping mapping) : Aggregator(typeof(TDoc))
    {
        public override IReadOnlyCollection<Type>? EventTypes => eventTypes;

        public override async ValueTask<object?> Fold(
            object? snapshot, object id, IReadOnlyList<IEvent> events, IQuerySession session, CancellationToken ct)
        {
            var document = (TDoc?)snapshot;
            await using var lease = projection.Lease();
            var projecting = (AggregationProjection<TDoc, TId>)lease.Projection;
            foreach (var @event in events)
            {
                try
                {
                    if (projection._deletes.Contains(@event.EventType)) document = default;
                    else document = await projecting.EvolveAsync(document, (TId)id, session, @event, ct);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    throw new ApplyEventException(@event, e);
                }
            }

            if (document is not null && !Equals(mapping.GetId(document), id)) mapping.SetId(document, id);
            return document;
        }

        public override async ValueTask RaiseSideEffects(object? snapshot, object id, IReadOnlyList<IEvent> events, IDocumentOperations operations)
        {
            var slice = new Slice<TDoc>(id, (TDoc?)snapshot, events);
            await using var lease = projection.Lease();
            try
            {
                await ((AggregationProjection<TDoc, TId>)lease.Projection).RaiseSideEffects(operations, (TId)id, slice);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new ApplyEventException(events[^1], e);
            }

            foreach (var stream in slice.RaisedEvents().GroupBy(e => e.StreamId)) operations.Events.Append(stream.Key, stream);
        }
    }
}

/// <summary>One document from events of many streams, grouped by an identity that each event names.</summary>
public abstract class MultiStreamProjection<TDoc, TId> : AggregationProjection<TDoc, TId>, IRegisterable, IMartenRegistrable
    where TDoc : notnull where TId : notnull
{
    private readonly IdentitySlicer<TId> _slicer = new();

    protected MultiStreamProjection() => Name = typeof(TDoc).Name;

    /// <summary>The event, or its envelope as <c>IEvent&lt;TEvent&gt;</c>, names the one document it belongs to.</summary>
    public void Identity<TEvent>(Func<TEvent, TId> identityFunc) where TEvent : notnull => _slicer.Add<TEvent>(e => [identityFunc(e)]);

    /// <summary>The event names every document it belongs to.</summary>
    public void Identities<TEvent>(Func<TEvent, IReadOnlyList<TId>> identitiesFunc) where TEvent : notnull => _slicer.Add(identitiesFunc);

    /// <summary>Says itself which documents events belong to.</summary>
    public void CustomGrouping(IJasperFxAggregateGrouper<TId, IQuerySession> grouper) => _slicer.Add(grouper.Group);

    /// <summary>Says which documents events belong to, reading something for it if need be.</summary>
    public void CustomGrouping(Func<IQuerySession, IReadOnlyList<IEvent>, IEventGrouping<TId>, Task> func) => _slicer.Add(func);

    /// <summary>Makes several events of one, for this projection alone.</summary>
    public void FanOut<TEvent, TChild>(Func<TEvent, IEnumerable<TChild>> fanOutFunc, FanoutMode mode = FanoutMode.AfterGrouping)
        where TEvent : notnull where TChild : notnull => FanOut<TEvent, TChild>(e => fanOutFunc(e.Data), mode);

    /// <summary>Makes several events of one, for this projection alone.</summary>
    public void FanOut<TEvent, TChild>(Func<IEvent<TEvent>, IEnumerable<TChild>> fanOutFunc, FanoutMode mode = FanoutMode.AfterGrouping)
        where TEvent : notnull where TChild : notnull => _slicer.Add(Projections.FanOut.From(fanOutFunc, mode));

    void IRegisterable.Register(ProjectionOptions projections, StoreOptions options)
    {
        if (Lifecycle != ProjectionLifecycle.Async)
            throw new InvalidProjectionException($"{Name} groups events of many streams; written inline, parallel appends would overwrite each other. Use Async.");
        if (_slicer.IsEmpty) throw new InvalidProjectionException($"{Name} names no identity. Call Identity<TEvent>(…) or CustomGrouping(…) in its constructor.");
        var mapping = options.MappingFor(typeof(TDoc));
        if (mapping.IdType != typeof(TId))
            throw new InvalidProjectionException($"{Name} groups by {typeof(TId).Name}, but {typeof(TDoc).Name} is identified by {mapping.IdType.Name}.");
        mapping.ProjectedBy(Version);
        var aggregator = BuildAggregator(mapping);
        if (IncludedTypes.Count == 0) foreach (var type in Wanted(aggregator)) IncludeType(type);
        foreach (var type in aggregator.EventTypes ?? [])
            if (!_slicer.Names(type))
                throw new InvalidProjectionException($"{Name} applies {type.Name} but names no document for it, so it would never be applied. Call Identity<{type.Name}>(…).");
        projections.AddShard(new AggregateShard(this, _slicer, aggregator, mapping));
    }

    // A grouper of its own may use any event that is applied; when that is not known either, all are read.
    private IEnumerable<Type> Wanted(Aggregator aggregator) =>
        !_slicer.IsCustom ? _slicer.EventTypes
        : aggregator.EventTypes is { } applied ? _slicer.EventTypes.Concat(applied.Except(_slicer.Children))
        : [];
}
