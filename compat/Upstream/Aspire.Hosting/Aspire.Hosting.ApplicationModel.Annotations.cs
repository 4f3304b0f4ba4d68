// Signatures of Aspire.Hosting 13.1: facts, without a body.
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

public class CommandLineArgsCallbackAnnotation : IResourceAnnotation
{
    public extern CommandLineArgsCallbackAnnotation(Action<IList<object>> callback);
    public extern CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback);
    public extern Func<CommandLineArgsCallbackContext, Task> Callback { get; }
}

public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    public extern ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly);
    public extern string? Source { get; }
    public extern string Target { get; }
    public extern ContainerMountType Type { get; }
    public extern bool IsReadOnly { get; }
}

public sealed class EndpointAnnotation : IResourceAnnotation
{
    public extern EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool isProxied = true);
    public extern ProtocolType Protocol { get; set; }
    public extern string Name { get; set; }
    public extern string UriScheme { get; set; }
    public extern int? Port { get; set; }
    public extern int? TargetPort { get; set; }
    public extern string TargetHost { get; set; }
    public extern bool IsExternal { get; set; }
    public extern bool IsProxied { get; set; }
    public extern string Transport { get; set; }
    public extern AllocatedEndpoint? AllocatedEndpoint { get; set; }
}

public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    public extern EnvironmentCallbackAnnotation(string name, Func<string> callback);
    public extern EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback);
    public extern EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback);
    public extern EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback);
    public extern Func<EnvironmentCallbackContext, Task> Callback { get; }
}

public sealed class ExecutableAnnotation : IResourceAnnotation
{
    public extern ExecutableAnnotation();
    public extern required string Command { get; set; }
    public extern required string WorkingDirectory { get; set; }
}

public sealed class ExplicitStartupAnnotation : IResourceAnnotation
{
    public extern ExplicitStartupAnnotation();
}

public class HealthCheckAnnotation : IResourceAnnotation
{
    public extern HealthCheckAnnotation(string key);
    public extern string Key { get; }
}

public sealed class ReferenceEnvironmentInjectionAnnotation : IResourceAnnotation
{
    public extern ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags);
    public extern ReferenceEnvironmentInjectionFlags Flags { get; }
}

public sealed class ReplicaAnnotation : IResourceAnnotation
{
    public extern ReplicaAnnotation(int replicas = 1);
    public extern int Replicas { get; }
}

public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    public extern ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, object? parameter, string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted);
    public extern string Name { get; }
    public extern string DisplayName { get; }
    public extern Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }
    public extern Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }
    public extern string? DisplayDescription { get; }
    public extern object? Parameter { get; }
    public extern string? ConfirmationMessage { get; }
    public extern string? IconName { get; }
    public extern IconVariant? IconVariant { get; }
    public extern bool IsHighlighted { get; }
}

public sealed class ResourceIconAnnotation : IResourceAnnotation
{
    public extern ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled);
    public extern string IconName { get; }
    public extern IconVariant IconVariant { get; }
}

public sealed class ResourceRelationshipAnnotation : IResourceAnnotation
{
    public extern ResourceRelationshipAnnotation(IResource resource, string type);
    public extern IResource Resource { get; }
    public extern string Type { get; }
}

public class ResourceSnapshotAnnotation : IResourceAnnotation
{
    public extern ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot);
    public extern CustomResourceSnapshot InitialSnapshot { get; }
}

public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public int? DisplayOrder;
    public extern ResourceUrlAnnotation();
    public extern required string Url { get; set; }
    public extern string? DisplayText { get; set; }
    public extern EndpointReference? Endpoint { get; init; }
    public extern UrlDisplayLocation DisplayLocation { get; set; }
}

public sealed class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    public extern ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback);
    public extern ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback);
    public extern Func<ResourceUrlsCallbackContext, Task> Callback { get; }
}

public sealed class WaitAnnotation : IResourceAnnotation
{
    public extern WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0);
    public extern IResource Resource { get; }
    public extern WaitType WaitType { get; }
    public extern int ExitCode { get; }
    public extern WaitBehavior? WaitBehavior { get; init; }
}
