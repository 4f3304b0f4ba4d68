// Signatures of Marten 9.29.0: facts, without a body.
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;

namespace Marten.Subscriptions;

public interface ISubscription
{
    Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken);
}

public abstract class SubscriptionBase : EventFilterable, ISubscriptionOptions, ISubscription
{
    protected extern SubscriptionBase();
    public abstract Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken);
    public extern string Name { get; set; }
    public extern uint Version { get; set; }
    public extern AsyncOptions Options { get; protected set; }
}
