using JasperFx.Events.Projections;
using Marten.Events.Projections;

namespace Marten.Events.Aggregation;

/// <summary>One document per stream, folded by the projection instead of by the document.</summary>
public class SingleStreamProjection<TDoc, TId> : AggregationProjection<TDoc, TId>, IRegisterable, IStreamProjection, IMartenRegistrable
    where TDoc : notnull where TId : notnull
{
    ProjectionBase IStreamProjection.Settings => this;

    void IRegisterable.Register(ProjectionOptions projections, StoreOptions options)
    {
        var mapping = options.MappingFor(typeof(TDoc));
        if (typeof(TId) != typeof(Guid) || (Lifecycle != ProjectionLifecycle.Live && mapping.IdType != typeof(Guid)))
            throw new InvalidProjectionException($"{Name} folds streams, which are identified by Guid: {typeof(TDoc).Name} needs a Guid identity.");
        var aggregator = BuildAggregator(mapping);
        if (IncludedTypes.Count == 0 && StreamType is null) foreach (var type in aggregator.EventTypes ?? []) IncludeType(type);
        projections.AddSingleStream(this, aggregator, Lifecycle);
    }
}
