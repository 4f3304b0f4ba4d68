using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Events.Daemon;
using Marten.Subscriptions;

namespace Marten.Events.Projections;

/// <summary>What is built from events, when, and how the daemon behaves.</summary>
public class ProjectionOptions : DaemonSettings
{
    private readonly StoreOptions _options;
    private readonly List<ShardSource> _shards = [];
    private readonly Dictionary<Type, InlineSnapshot> _inline = [];
    private readonly List<EventProjection> _inlineProjections = [];
    private readonly HashSet<Type> _asyncSnapshots = [];

    internal ProjectionOptions(StoreOptions options)
    {
        _options = options;
        Aggregators = new AggregatorCache(options);
    }

    /// <summary>What may be skipped while following the store.</summary>
    public ErrorHandlingOptions Errors { get; } = new();

    /// <summary>What may be skipped in a rebuild.</summary>
    public ErrorHandlingOptions RebuildErrors { get; } = new();

    internal AggregatorCache Aggregators { get; }
    internal IReadOnlyList<ShardSource> Shards => _shards;
    internal IReadOnlyCollection<InlineSnapshot> InlineSnapshots => _inline.Values;
    internal IReadOnlyList<EventProjection> InlineProjections => _inlineProjections;

#pragma warning disable CS8714 // Upstream asks for no constraint; a value type is refused when it is folded.

    /// <summary>Keeps one document per stream of <typeparamref name="T"/>, folded by the type itself.</summary>
    public MartenRegistry.DocumentMappingExpression<T> Snapshot<T>(SnapshotLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null)
    {
        var aggregator = Aggregators.For<T>();
        var projection = new SnapshotProjection<T>(aggregator) { Lifecycle = (ProjectionLifecycle)(int)lifecycle };
        asyncConfiguration?.Invoke(projection.Options);
        AddSingleStream(projection, aggregator, projection.Lifecycle);
        return _options.Schema.For<T>();
    }

    /// <summary>Folds <typeparamref name="T"/> from its events on every read.</summary>
    public MartenRegistry.DocumentMappingExpression<T> LiveStreamAggregation<T>(Action<AsyncOptions>? asyncConfiguration = null)
    {
        Aggregators.For<T>();
        _options.EventGraph.RememberAggregate(typeof(T));
        return _options.Schema.For<T>();
    }

#pragma warning restore CS8714

    public void Add<TProjectionType>(ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null)
        where TProjectionType : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, new() =>
        Add(new TProjectionType(), lifecycle, asyncConfiguration);

    public void Add(
        IProjectionSource<IDocumentOperations, IQuerySession> source, ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null)
    {
        if (source is not (ProjectionBase projection and IRegisterable registerable))
            throw new InvalidProjectionException($"{source.GetType().FullName} is no SingleStreamProjection, MultiStreamProjection or EventProjection.");
        projection.Lifecycle = lifecycle;
        asyncConfiguration?.Invoke(projection.Options);
        registerable.Register(this, _options);
    }

    public void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null)
    {
        var options = subscription as SubscriptionBase ?? (ISubscriptionOptions)new SubscriptionSettings(subscription.GetType().NameInCode());
        configure?.Invoke(options);
        AddShard(new SubscriptionShard((EventFilterable)options, options, (_, _) => new SubscriptionLease(subscription, null)));
    }

    internal void AddShard(ShardSource shard)
    {
        if (_shards.Any(s => s.Name.Identity == shard.Name.Identity))
            throw new InvalidProjectionException($"Two projections or subscriptions are called '{shard.Name}'. Give one of them another name.");
        _shards.Add(shard);
    }

    internal void AddInline(EventProjection projection) => _inlineProjections.Add(projection);

    internal void AddSingleStream(IStreamProjection projection, Aggregator aggregator, ProjectionLifecycle lifecycle)
    {
        var mapping = _options.MappingFor(aggregator.DocumentType);
        Aggregators.Set(aggregator);
        _options.EventGraph.RememberAggregate(aggregator.DocumentType);
        if (lifecycle == ProjectionLifecycle.Live) return;
        _ = mapping.IdType;
        mapping.ProjectedBy(projection.Settings.Version);
        if (lifecycle == ProjectionLifecycle.Inline)
        {
            _inline[aggregator.DocumentType] = new InlineSnapshot(aggregator, mapping, new AggregateShard(projection.Settings, new StreamSlicer(), aggregator, mapping));
        }
        else
        {
            _asyncSnapshots.Add(aggregator.DocumentType);
            AddShard(new AggregateShard(projection.Settings, new StreamSlicer(), aggregator, mapping));
        }
    }

    internal InlineSnapshot? InlineFor(Type aggregateType) => _inline.GetValueOrDefault(aggregateType);

    internal IEnumerable<Type> SnapshotTypes => _inline.Keys.Concat(_asyncSnapshots);

    /// <summary>Whether a document of this type is kept for each stream, at once or later.</summary>
    internal bool HasSnapshot(Type aggregateType) => _inline.ContainsKey(aggregateType) || _asyncSnapshots.Contains(aggregateType);
}

/// <summary>A snapshot written in the append's own transaction.</summary>
internal sealed record InlineSnapshot(Aggregator Aggregator, Schema.DocumentMapping Mapping, AggregateShard Replayed);

/// <summary>A projection that a container may build.</summary>
public interface IMartenRegistrable;

/// <summary>A projection that knows how to enter itself into the options.</summary>
internal interface IRegisterable
{
    void Register(ProjectionOptions projections, StoreOptions options);
}

/// <summary>A projection that makes one document of one stream.</summary>
internal interface IStreamProjection
{
    ProjectionBase Settings { get; }
}

/// <summary>The settings behind <c>Snapshot&lt;T&gt;</c>.</summary>
internal sealed class SnapshotProjection<T> : ProjectionBase, IStreamProjection where T : notnull
{
    public SnapshotProjection(Aggregator<T> aggregator)
    {
        Name = typeof(T).NameInCode();
        foreach (var type in aggregator.EventTypes ?? []) IncludeType(type);
        if (aggregator.EventTypes is null) FilterIncomingEventsOnStreamType(typeof(T));
    }

    public ProjectionBase Settings => this;
}
