// Signatures of Aspire.Hosting 13.1: facts, without a body.
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public sealed class ConnectionStringResource : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    public extern ConnectionStringResource(string name, ReferenceExpression connectionStringExpression);
    public extern ReferenceExpression ConnectionStringExpression { get; }
    extern string IManifestExpressionProvider.ValueExpression { get; }
    extern ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken);
    extern ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken);
    extern IEnumerable<object> IValueWithReferences.References { get; }
}

public class DistributedApplication : IHost, IAsyncDisposable
{
    public extern DistributedApplication(IHost host);
    public static extern IDistributedApplicationBuilder CreateBuilder();
    public static extern IDistributedApplicationBuilder CreateBuilder(string[] args);
    public static extern IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options);
    public virtual extern Task StartAsync(CancellationToken cancellationToken = default);
    public virtual extern Task StopAsync(CancellationToken cancellationToken = default);
    public extern void Run();
    public virtual extern Task RunAsync(CancellationToken cancellationToken = default);
    public virtual extern void Dispose();
    public virtual extern ValueTask DisposeAsync();
    public extern IServiceProvider Services { get; }
    public extern ResourceNotificationService ResourceNotifications { get; }
    public extern ResourceCommandService ResourceCommands { get; }
}

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    public extern DistributedApplicationBuilder(string[] args);
    public extern DistributedApplicationBuilder(DistributedApplicationOptions options);
    public extern IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;
    public extern IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;
    public extern DistributedApplication Build();
    public extern ConfigurationManager Configuration { get; }
    public extern string AppHostDirectory { get; }
    public extern Assembly? AppHostAssembly { get; }
    public extern IHostEnvironment Environment { get; }
    public extern IServiceCollection Services { get; }
    public extern IDistributedApplicationEventing Eventing { get; }
    public extern DistributedApplicationExecutionContext ExecutionContext { get; }
    public extern IResourceCollection Resources { get; }
}

public class DistributedApplicationException : Exception
{
    public extern DistributedApplicationException();
    public extern DistributedApplicationException(string message);
    public extern DistributedApplicationException(string message, Exception inner);
}

public class DistributedApplicationExecutionContext
{
    public extern DistributedApplicationExecutionContext(DistributedApplicationOperation operation);
    public extern DistributedApplicationOperation Operation { get; }
    public extern bool IsRunMode { get; }
    public extern bool IsPublishMode { get; }
    public extern string PublisherName { get; set; }
    public extern IServiceProvider ServiceProvider { get; }
}

public enum DistributedApplicationOperation { Run, Publish }

public sealed class DistributedApplicationOptions
{
    public extern DistributedApplicationOptions();
    public extern string[]? Args { get; set; }
    public extern string? AssemblyName { get; set; }
    public extern string? ProjectDirectory { get; set; }
    public extern string? DashboardApplicationName { get; set; }
    public extern string? ContainerRegistryOverride { get; set; }
    public extern bool DisableDashboard { get; set; }
    public extern bool AllowUnsecuredTransport { get; set; }
    public extern bool EnableResourceLogging { get; set; }
}

public sealed class ExternalServiceResource : Resource
{
    public extern ExternalServiceResource(string name, Uri uri);
    public extern ExternalServiceResource(string name, ParameterResource urlParameter);
    public extern Uri? Uri { get; }
    public extern ParameterResource? UrlParameter { get; }
}

public sealed class LaunchProfile
{
    public extern LaunchProfile();
    public extern string? CommandName { get; set; }
    public extern string? ApplicationUrl { get; set; }
    public extern Dictionary<string, string> EnvironmentVariables { get; set; }
}

public sealed class LaunchSettings
{
    public extern LaunchSettings();
    public extern Dictionary<string, LaunchProfile> Profiles { get; set; }
}

public class MissingParameterValueException : DistributedApplicationException
{
    public extern MissingParameterValueException(string message);
    public extern MissingParameterValueException(string message, Exception innerException);
}

public class ProjectResourceOptions
{
    public extern ProjectResourceOptions();
    public extern string? LaunchProfileName { get; set; }
    public extern bool ExcludeLaunchProfile { get; set; }
    public extern bool ExcludeKestrelEndpoints { get; set; }
}
