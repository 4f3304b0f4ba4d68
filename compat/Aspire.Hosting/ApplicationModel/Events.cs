using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application is about to start.</summary>
public class BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    public IServiceProvider Services => services;
    public DistributedApplicationModel Model => model;
}

/// <summary>Every endpoint has its address.</summary>
public class AfterEndpointsAllocatedEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    public IServiceProvider Services => services;
    public DistributedApplicationModel Model => model;
}

/// <summary>Every resource has been created; they may still be starting.</summary>
public class AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    public IServiceProvider Services => services;
    public DistributedApplicationModel Model => model;
}

/// <summary>A resource is part of the running application; it has not started.</summary>
public class InitializeResourceEvent(
    IResource resource,
    IDistributedApplicationEventing distributedApplicationEventing,
    ResourceLoggerService resourceLoggerService,
    ResourceNotificationService resourceNotificationService,
    IServiceProvider services) : IDistributedApplicationResourceEvent
{
    public IResource Resource => resource;
    public IDistributedApplicationEventing Eventing => distributedApplicationEventing;
    public ILogger Logger => resourceLoggerService.GetLogger(resource);
    public ResourceNotificationService Notifications => resourceNotificationService;
    public IServiceProvider Services => services;
}

/// <summary>The endpoints of a resource have their addresses.</summary>
public class ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    public IResource Resource => resource;
    public IServiceProvider Services => services;
}

/// <summary>The connection string of a resource is known.</summary>
public class ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    public IResource Resource => resource;
    public IServiceProvider Services => services;
}

/// <summary>A resource is about to start; it does when all handlers are done.</summary>
public class BeforeResourceStartedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    public IResource Resource => resource;
    public IServiceProvider Services => services;
}

/// <summary>A resource became healthy after a start; waiters go on when all handlers are done.</summary>
public class ResourceReadyEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    public IResource Resource => resource;
    public IServiceProvider Services => services;
}

/// <summary>A resource has ended.</summary>
public class ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent) : IDistributedApplicationResourceEvent
{
    public IResource Resource => resource;
    public IServiceProvider Services => services;
    public ResourceEvent ResourceEvent => resourceEvent;
}
