using Aspire.Hosting.ApplicationModel;
using Expo.NativeHosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>RabbitMQ brokers.</summary>
public static class RabbitMQBuilderExtensions
{
    // Who takes longer is as good as not there: a person should see it within five seconds.
    private static readonly TimeSpan HealthCheckTimeout = TimeSpan.FromSeconds(2);

    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, passwordParameter);
        var key = $"{name}_check";
        builder.Services.AddKeyedSingleton(key, (_, _) => new RabbitMqHealthCheck(server));
        builder.Services.AddHealthChecks().Add(new(
            key, services => services.GetRequiredKeyedService<RabbitMqHealthCheck>(key), failureStatus: null, tags: null, timeout: HealthCheckTimeout));
        return builder.AddResource(server)
            .WithEndpoint(port: port, scheme: "amqp", name: RabbitMQServerResource.PrimaryEndpointName)
            .WithHealthCheck(key)
            .WithLifecycleCommands();
    }

    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) =>
        builder.WithManagementPlugin(port: null);

    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder, int? port) =>
        builder.WithHttpEndpoint(port: port, name: RabbitMQServerResource.ManagementEndpointName);

    /// <summary>Keeps the data below the data directory, which happens anyway.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new ContainerMountAnnotation(name ?? builder.Resource.Name, NativeMounts.Data, ContainerMountType.Volume, isReadOnly));
    }

    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(
        this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerMountAnnotation(
            Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory), NativeMounts.Data, ContainerMountType.BindMount, isReadOnly));
    }
}
