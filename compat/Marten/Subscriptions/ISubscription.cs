using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;

namespace JasperFx.Events.Subscriptions
{
    /// <summary>Name, filter and paging of a subscription.</summary>
    public interface ISubscriptionOptions : IEventFilterable
    {
        string Name { get; set; }
        uint Version { get; set; }
        AsyncOptions Options { get; }
    }
}

namespace Marten.Subscriptions
{
    /// <summary>Is handed every event in sequence order, at least once.</summary>
    public interface ISubscription
    {
        Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken);
    }

    /// <summary>A subscription that carries its own name and options.</summary>
    public abstract class SubscriptionBase : EventFilterable, ISubscription, ISubscriptionOptions
    {
        protected SubscriptionBase() => Name = GetType().NameInCode();

        public string Name { get; set; }
        public uint Version { get; set; } = 1;
        public AsyncOptions Options { get; protected set; } = new();

        public abstract Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken);
    }
}
