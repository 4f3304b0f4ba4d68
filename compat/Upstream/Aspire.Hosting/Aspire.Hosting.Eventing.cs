// Signatures of Aspire.Hosting 13.1: facts, without a body.
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

public class DistributedApplicationEventSubscription
{
    public extern DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback);
    public extern Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; }
}

public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    public extern DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent;
    public extern DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent;
    public extern void Unsubscribe(DistributedApplicationEventSubscription subscription);
    public extern Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
    public extern Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
    public extern DistributedApplicationEventing();
}

public class DistributedApplicationResourceEventSubscription : DistributedApplicationEventSubscription
{
    public extern DistributedApplicationResourceEventSubscription(IResource? resource, Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback);
    public extern IResource? Resource { get; }
}

public enum EventDispatchBehavior { BlockingSequential, BlockingConcurrent, NonBlockingSequential, NonBlockingConcurrent }

public interface IDistributedApplicationEvent;

public interface IDistributedApplicationEventing
{
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationEvent;
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback) where T : IDistributedApplicationResourceEvent;
    void Unsubscribe(DistributedApplicationEventSubscription subscription);
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent;
}

public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    IResource Resource { get; }
}
