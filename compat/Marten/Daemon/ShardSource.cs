using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Events.Projections;
using Marten.Schema;
using Marten.Sessions;
using Marten.Subscriptions;

namespace Marten.Events.Daemon;

/// <summary>One reader of the events: what it sees and what it does with a page.</summary>
internal abstract class ShardSource(string name, uint version, EventFilterable filter, AsyncOptions options)
{
    public ShardName Name { get; } = new(name, ShardName.All, version);
    public EventFilterable Filter { get; } = filter;
    public AsyncOptions Options { get; } = options;

    /// <summary>Documents that are this shard's own, so that a rebuild replaces them.</summary>
    public virtual IEnumerable<Type> Views => Options.TeardownTypes;

    /// <summary>How many events to read at once when so many numbers lie ahead.</summary>
    public virtual int PageSize(long ahead) => Options.BatchSize;

    /// <summary>Queues the page's work on the session; the caller commits it together with the progress.</summary>
    public abstract Task<IChangeListener> Process(
        EventRange page, DocumentSession session, ISubscriptionController controller, CancellationToken ct);

}

/// <summary>Turns pages into documents; what can be rebuilt.</summary>
internal abstract class ProjectionShard(ProjectionBase projection) : ShardSource(projection.Name, projection.Version, projection, projection.Options)
{
    // Far behind, two pages in memory fill the hopper: fewer commits, and each document is written once for more events.
    public override int PageSize(long ahead) =>
        ahead > 2L * Options.BatchSize ? Math.Max(Options.BatchSize, Options.MaximumHopperSize / 2) : Options.BatchSize;

    /// <param name="page">The events.</param>
    /// <param name="session">What is queued here is committed with the progress.</param>
    /// <param name="effects">Whether side effects are raised: not when what happened is replayed.</param>
    /// <param name="ct">Ends the work.</param>
    public abstract Task Project(EventRange page, DocumentSession session, bool effects, CancellationToken ct);

    public override async Task<IChangeListener> Process(
        EventRange page, DocumentSession session, ISubscriptionController controller, CancellationToken ct)
    {
        await Project(page, session, controller.Mode == ShardExecutionMode.Continuous, ct);
        return NullChangeListener.Instance;
    }
}

/// <summary>Folds a page into documents and writes them in one statement.</summary>
internal sealed class AggregateShard(ProjectionBase projection, ISlicer slicer, Aggregator aggregator, DocumentMapping mapping)
    : ProjectionShard(projection)
{
    public override IEnumerable<Type> Views => [aggregator.DocumentType, .. base.Views];

    public override async Task Project(EventRange page, DocumentSession session, bool effects, CancellationToken ct)
    {
        var table = session.MappingFor(mapping.Type);
        var slices = await slicer.Slice(page.Events, session);
        var current = await session.LoadForProjection(table, slices.Keys, ct);
        var changes = new ProjectedDocuments(table);
        foreach (var (id, events) in slices)
        {
            var before = current.GetValueOrDefault(id);
            var after = await aggregator.Fold(before, id, events, session, ct);
            if (after is not null) changes.Put(id, after, slicer is StreamSlicer ? events[^1].Version : events[^1].Sequence);
            else if (before is not null) changes.Remove(id);
            if (effects) await aggregator.RaiseSideEffects(after, id, events, session);
        }

        if (changes.Any) session.Queue(changes);
    }
}

/// <summary>Hands each event of a page to an event projection.</summary>
internal sealed class EventProjectionShard(EventProjection projection) : ProjectionShard(projection)
{
    public override IEnumerable<Type> Views => [.. projection.CreatedTypes, .. base.Views];

    public override async Task Project(EventRange page, DocumentSession session, bool effects, CancellationToken ct)
    {
        foreach (var @event in page.Events) await projection.Project(session, @event, ct);
    }
}

/// <summary>Hands a page to a subscription.</summary>
internal sealed class SubscriptionShard(EventFilterable filter, ISubscriptionOptions settings, Func<IServiceProvider?, ShardName, SubscriptionLease> resolve)
    : ShardSource(settings.Name, settings.Version, filter, settings.Options)
{
    public override async Task<IChangeListener> Process(
        EventRange page, DocumentSession session, ISubscriptionController controller, CancellationToken ct)
    {
        await using var lease = resolve(session.Owner.Services, Name);
        session.LoadOnce();
        return await lease.Subscription.ProcessEventsAsync(page, controller, session, ct);
    }
}

/// <summary>A subscription for the time of one page.</summary>
internal sealed class SubscriptionLease(ISubscription subscription, IAsyncDisposable? scope) : IAsyncDisposable
{
    public ISubscription Subscription { get; } = subscription;

    public ValueTask DisposeAsync() => scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Name, filter and paging of a subscription that does not carry its own.</summary>
internal sealed class SubscriptionSettings(string name) : EventFilterable, ISubscriptionOptions
{
    public string Name { get; set; } = name;
    public uint Version { get; set; } = 1;
    public AsyncOptions Options { get; } = new();
}
