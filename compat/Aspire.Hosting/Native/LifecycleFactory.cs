using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Expo.NativeServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>Makes what runs a resource: by its kind.</summary>
internal sealed class LifecycleFactory(
    DistributedApplicationExecutionContext executionContext,
    DataDirectory data,
    EndpointTable endpoints,
    LaunchPlanner planner,
    IConfiguration configuration,
    HealthCheckService checks,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time) : IAsyncDisposable
{
    private readonly List<LogFile> logs = [];

    public async Task<ResourceLifecycle> CreateAsync(IResource resource, Reaper reaper, CancellationToken ct)
    {
        var logger = loggers.GetLogger(resource);
        if (resource is IResourceWithEndpoints)
        {
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), ct).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new InitializeResourceEvent(resource, eventing, loggers, notifications, services), ct).ConfigureAwait(false);
        var urls = await UrlsAsync(resource, ct).ConfigureAwait(false);
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            CreationTimeStamp = time.GetUtcNow().UtcDateTime,
            Urls = urls,
            IsHidden = resource is ParameterResource,
            Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type))],
            Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>()
                .Select(c => new ResourceCommandSnapshot(c.Name, ResourceCommandState.Enabled, c.DisplayName, c.DisplayDescription, null, null, null, null, c.IsHighlighted))],
        }).ConfigureAwait(false);
        var policy = RestartPolicy.Of(configuration, resource);
        return new(
            resource, Runtime(resource, reaper, policy, logger), policy, new(resource, checks, notifications, time), notifications, eventing, services, time, logger);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var log in logs)
        {
            await log.DisposeAsync().ConfigureAwait(false);
        }
    }

    private IResourceRuntime Runtime(IResource resource, Reaper reaper, RestartPolicy policy, ILogger logger) => resource switch
    {
        PostgresServerResource postgres => new PostgresRuntime(postgres, data, reaper, planner, Output(resource)),
        RabbitMQServerResource rabbit => new RabbitMqRuntime(rabbit, data, reaper, Output(resource)),
        ContainerResource => throw new DistributedApplicationException($"'{resource.Name}' is a container; only PostgreSQL and RabbitMQ run natively."),
        ProjectResource or ExecutableResource => new ProcessRuntime(resource, planner, endpoints, reaper, notifications, policy, time, logger, Output(resource)),
        IResourceWithParent child => new ChildRuntime(child, notifications),
        _ => new ValueRuntime(resource),
    };

    private Action<OutputLine> Output(IResource resource)
    {
        var log = LogFile.Open(data.LogOf(resource.Name), time);
        logs.Add(log);
        return line =>
        {
            loggers.Write(resource.Name, line.Text, line.IsError);
            log.Write(line.Text);
        };
    }

    private async Task<ImmutableArray<UrlSnapshot>> UrlsAsync(IResource resource, CancellationToken ct)
    {
        var context = new ResourceUrlsCallbackContext(executionContext, resource, cancellationToken: ct);
        if (resource is IResourceWithEndpoints owner)
        {
            context.Urls.AddRange(resource.Annotations.OfType<EndpointAnnotation>()
                .Select(e => new ResourceUrlAnnotation { Url = e.AllocatedEndpoint!.UriString, Endpoint = new(owner, e) }));
        }

        context.Urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>());
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await callback.Callback(context).ConfigureAwait(false);
        }

        return [.. context.Urls.Select(u => new UrlSnapshot(u.Endpoint?.EndpointName, u.Url, u.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new(u.DisplayText ?? "", u.DisplayOrder ?? 0),
        })];
    }
}
