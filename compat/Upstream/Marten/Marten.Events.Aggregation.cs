// Signatures of Marten 9.29.0: facts, without a body.
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using Marten.Events.Projections;

namespace Marten.Events.Aggregation;

public interface IAggregateGrouper<T> : IJasperFxAggregateGrouper<T, IQuerySession>;

public class SingleStreamProjection<TDoc, TId> : ProjectionBase, IAggregationSteps<TDoc, IQuerySession>, IProjectionSource<IDocumentOperations, IQuerySession>, IMartenRegistrable where TDoc : notnull where TId : notnull
{
    public extern SingleStreamProjection();
    public extern IAggregationSteps<TDoc, IQuerySession> DeleteEvent<TEvent>() where TEvent : class;
    public virtual extern TDoc? Evolve(TDoc? snapshot, TId id, IEvent e);
    public virtual extern ValueTask<TDoc?> EvolveAsync(TDoc? snapshot, TId id, IQuerySession session, IEvent e, CancellationToken cancellation);
    public virtual extern ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<TDoc> slice);
    public virtual extern ValueTask RaiseSideEffects(IDocumentOperations operations, TId id, IEventSlice<TDoc> slice);
}
