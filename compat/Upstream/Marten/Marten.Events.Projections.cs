// Signatures of Marten 9.29.0: facts, without a body.
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Subscriptions;

namespace Marten.Events.Projections;

public abstract class EventProjection : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable
{
    protected extern EventProjection();
    public virtual extern ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation);
}

public interface IMartenRegistrable;

public abstract class MultiStreamProjection<TDoc, TId> : ProjectionBase, IAggregationSteps<TDoc, IQuerySession>, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable where TDoc : notnull where TId : notnull
{
    protected extern MultiStreamProjection();
    public extern void Identity<TEvent>(Func<TEvent, TId> identityFunc) where TEvent : notnull;
    public extern void Identities<TEvent>(Func<TEvent, IReadOnlyList<TId>> identitiesFunc) where TEvent : notnull;
    public extern void CustomGrouping(IJasperFxAggregateGrouper<TId, IQuerySession> grouper);
    public extern void CustomGrouping(Func<IQuerySession, IReadOnlyList<IEvent>, IEventGrouping<TId>, Task> func);
    public extern void FanOut<TEvent, TChild>(Func<TEvent, IEnumerable<TChild>> fanOutFunc, FanoutMode mode = FanoutMode.AfterGrouping) where TEvent : notnull where TChild : notnull;
    public extern void FanOut<TEvent, TChild>(Func<IEvent<TEvent>, IEnumerable<TChild>> fanOutFunc, FanoutMode mode = FanoutMode.AfterGrouping) where TEvent : notnull where TChild : notnull;
    public extern IAggregationSteps<TDoc, IQuerySession> DeleteEvent<TEvent>() where TEvent : class;
    public virtual extern TDoc? Evolve(TDoc? snapshot, TId id, IEvent e);
    public virtual extern ValueTask<TDoc?> EvolveAsync(TDoc? snapshot, TId id, IQuerySession session, IEvent e, CancellationToken cancellation);
    public virtual extern ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<TDoc> slice);
    public virtual extern ValueTask RaiseSideEffects(IDocumentOperations operations, TId id, IEventSlice<TDoc> slice);
}

public class ProjectionOptions : DaemonSettings
{
    internal extern ProjectionOptions();
    public extern MartenRegistry.DocumentMappingExpression<T> Snapshot<T>(SnapshotLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null);
    public extern MartenRegistry.DocumentMappingExpression<T> LiveStreamAggregation<T>(Action<AsyncOptions>? asyncConfiguration = null);
    public extern void Add<TProjectionType>(ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null) where TProjectionType : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, new();
    public extern void Add(IProjectionSource<IDocumentOperations, IQuerySession> source, ProjectionLifecycle lifecycle, Action<AsyncOptions>? asyncConfiguration = null);
    public extern void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null);
    public extern ErrorHandlingOptions Errors { get; }
    public extern ErrorHandlingOptions RebuildErrors { get; }
}
