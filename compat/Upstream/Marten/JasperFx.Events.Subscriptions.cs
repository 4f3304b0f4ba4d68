// Signatures of JasperFx.Events 2.53.0: facts, without a body.
using JasperFx.Events.Projections;

namespace JasperFx.Events.Subscriptions;

public interface ISubscriptionOptions : IEventFilterable
{
    string Name { get; set; }
    uint Version { get; set; }
    AsyncOptions Options { get; }
}
