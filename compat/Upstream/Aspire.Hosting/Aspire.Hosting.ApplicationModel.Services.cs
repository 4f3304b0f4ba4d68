// Signatures of Aspire.Hosting 13.1: facts, without a body.
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

[Obsolete("The AfterEndpointsAllocatedEvent is deprecated and will be removed in a future version. Use the resource specific events BeforeResourceStartedEvent or ResourceEndpointsAllocatedEvent instead depending on your needs.")]
public class AfterEndpointsAllocatedEvent : IDistributedApplicationEvent
{
    public extern AfterEndpointsAllocatedEvent(IServiceProvider services, DistributedApplicationModel model);
    public extern IServiceProvider Services { get; }
    public extern DistributedApplicationModel Model { get; }
}

public class AfterResourcesCreatedEvent : IDistributedApplicationEvent
{
    public extern AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model);
    public extern IServiceProvider Services { get; }
    public extern DistributedApplicationModel Model { get; }
}

public class BeforeResourceStartedEvent : IDistributedApplicationResourceEvent
{
    public extern BeforeResourceStartedEvent(IResource resource, IServiceProvider services);
    public extern IResource Resource { get; }
    public extern IServiceProvider Services { get; }
}

public class BeforeStartEvent : IDistributedApplicationEvent
{
    public extern BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model);
    public extern IServiceProvider Services { get; }
    public extern DistributedApplicationModel Model { get; }
}

public sealed class CommandLineArgsCallbackContext
{
    public extern CommandLineArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default);
    public extern CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default);
    public extern IList<object> Args { get; }
    public extern CancellationToken CancellationToken { get; }
    public extern DistributedApplicationExecutionContext ExecutionContext { get; init; }
    public extern ILogger Logger { get; init; }
    public extern IResource Resource { get; }
}

public class ConnectionStringAvailableEvent : IDistributedApplicationResourceEvent
{
    public extern ConnectionStringAvailableEvent(IResource resource, IServiceProvider services);
    public extern IResource Resource { get; }
    public extern IServiceProvider Services { get; }
}

public class EnvironmentCallbackContext
{
    public extern EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default);
    public extern EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default);
    public extern Dictionary<string, object> EnvironmentVariables { get; }
    public extern DistributedApplicationExecutionContext ExecutionContext { get; }
    public extern CancellationToken CancellationToken { get; }
    public extern ILogger Logger { get; set; }
    public extern IResource Resource { get; }
}

public sealed class ExecuteCommandContext
{
    public extern ExecuteCommandContext();
    public extern required IServiceProvider ServiceProvider { get; init; }
    public extern required string ResourceName { get; init; }
    public extern required CancellationToken CancellationToken { get; init; }
}

public sealed class HttpCommandRequestContext
{
    public extern HttpCommandRequestContext();
    public extern required IServiceProvider ServiceProvider { get; init; }
    public extern required string ResourceName { get; init; }
    public extern required EndpointReference Endpoint { get; init; }
    public extern required CancellationToken CancellationToken { get; init; }
    public extern required HttpClient HttpClient { get; init; }
    public extern required HttpRequestMessage Request { get; init; }
}

public sealed class HttpCommandResultContext
{
    public extern HttpCommandResultContext();
    public extern required IServiceProvider ServiceProvider { get; init; }
    public extern required string ResourceName { get; init; }
    public extern required EndpointReference Endpoint { get; init; }
    public extern required CancellationToken CancellationToken { get; init; }
    public extern required HttpClient HttpClient { get; init; }
    public extern required HttpResponseMessage Response { get; init; }
}

public class InitializeResourceEvent : IDistributedApplicationResourceEvent
{
    public extern InitializeResourceEvent(IResource resource, IDistributedApplicationEventing distributedApplicationEventing, ResourceLoggerService resourceLoggerService, ResourceNotificationService resourceNotificationService, IServiceProvider services);
    public extern IResource Resource { get; }
    public extern IDistributedApplicationEventing Eventing { get; }
    public extern ILogger Logger { get; }
    public extern ResourceNotificationService Notifications { get; }
    public extern IServiceProvider Services { get; }
}

public class ResourceCommandService
{
    internal extern ResourceCommandService();
    public extern Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default);
    public extern Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default);
}

public class ResourceEndpointsAllocatedEvent : IDistributedApplicationResourceEvent
{
    public extern ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services);
    public extern IResource Resource { get; }
    public extern IServiceProvider Services { get; }
}

public class ResourceEvent
{
    public extern ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot);
    public extern IResource Resource { get; }
    public extern string ResourceId { get; }
    public extern CustomResourceSnapshot Snapshot { get; }
}

public class ResourceLoggerService
{
    public extern ILogger GetLogger(IResource resource);
    public extern ILogger GetLogger(string resourceName);
    public extern IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource);
    public extern IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName);
    public extern IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName);
    public extern IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource);
    public extern void ClearBacklog(string resourceName);
    public extern void Complete(IResource resource);
    public extern void Complete(string name);
    public extern ResourceLoggerService();
}

public class ResourceNotificationService : IDisposable
{
    internal extern ResourceNotificationService();
    public extern Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory);
    public extern Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory);
    public extern bool TryGetCurrentState(string resourceId, out ResourceEvent? resourceEvent);
    public extern IAsyncEnumerable<ResourceEvent> WatchAsync(CancellationToken cancellationToken = default);
    public extern Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default);
    public extern Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default);
    public extern Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default);
    public extern Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default);
    public extern Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default);
    public extern Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken);
    public extern void Dispose();
}

public class ResourceReadyEvent : IDistributedApplicationResourceEvent
{
    public extern ResourceReadyEvent(IResource resource, IServiceProvider services);
    public extern IResource Resource { get; }
    public extern IServiceProvider Services { get; }
}

public class ResourceStoppedEvent : IDistributedApplicationResourceEvent
{
    public extern ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent);
    public extern IResource Resource { get; }
    public extern IServiceProvider Services { get; }
    public extern ResourceEvent ResourceEvent { get; }
}

public class ResourceUrlsCallbackContext
{
    public extern ResourceUrlsCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null, CancellationToken cancellationToken = default);
    public extern EndpointReference? GetEndpoint(string name);
    public extern DistributedApplicationExecutionContext ExecutionContext { get; }
    public extern IResource Resource { get; }
    public extern List<ResourceUrlAnnotation> Urls { get; }
    public extern CancellationToken CancellationToken { get; }
    public extern ILogger Logger { get; set; }
}

public sealed class UpdateCommandStateContext
{
    public extern UpdateCommandStateContext();
    public extern required CustomResourceSnapshot ResourceSnapshot { get; init; }
    public extern required IServiceProvider ServiceProvider { get; init; }
}

public class ValueProviderContext
{
    public extern ValueProviderContext();
    public extern DistributedApplicationExecutionContext? ExecutionContext { get; init; }
    public extern IResource? Caller { get; init; }
}
