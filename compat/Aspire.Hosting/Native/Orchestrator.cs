using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Expo.NativeServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Expo.NativeHosting;

/// <summary>Starts the application in the order of its waits and stops it in the reverse order.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing,
    IEnumerable<IDistributedApplicationEventingSubscriber> subscribers,
    DataDirectory data,
    EndpointTable endpoints,
    LifecycleFactory lifecycles,
    ControlEndpoint control,
    Dashboard dashboard,
    StateTeller teller,
    IConfiguration configuration,
    IServiceProvider services) : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLifecycle> running = new(StringComparer.OrdinalIgnoreCase);
    private Reaper? reaper;
    private Task? ended;

    public IReadOnlyCollection<ResourceLifecycle> Lifecycles => [.. model.Resources.Select(r => Find(r.Name)).OfType<ResourceLifecycle>()];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        RestartPolicy.Check(configuration, [.. model.Resources]);
        data.Create();
        reaper = await Reaper.StartAsync(data.Processes, cancellationToken).ConfigureAwait(false);
        // Of a run that was killed: whoever reads it would ask nobody, or a stranger.
        File.Delete(data.AppHostFile);
        if (data.IsTemporary)
        {
            reaper.DeleteAtEnd(data.Path);
        }

        foreach (var subscriber in subscribers)
        {
            await subscriber.SubscribeAsync(eventing, executionContext, cancellationToken).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken).ConfigureAwait(false);
        endpoints.Allocate(model.Resources);
        await eventing.PublishAsync(new AfterEndpointsAllocatedEvent(services, model), cancellationToken).ConfigureAwait(false);
        teller.Start();
        await dashboard.StartAsync(this, cancellationToken).ConfigureAwait(false);
        foreach (var resource in model.Resources)
        {
            running[resource.Name] = await lifecycles.CreateAsync(resource, reaper, cancellationToken).ConfigureAwait(false);
        }

        await control.StartAsync(this, cancellationToken).ConfigureAwait(false);
        foreach (var lifecycle in Lifecycles.Where(l => !l.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
        {
            await lifecycle.StartAsync().ConfigureAwait(false);
        }

        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => ended ??= EndAsync();

    public async ValueTask DisposeAsync() => await (ended ??= EndAsync()).ConfigureAwait(false);

    /// <summary>A resource's life, once it is known.</summary>
    public ResourceLifecycle? Find(string name) => running.GetValueOrDefault(name);

    public Task StartResourceAsync(string name) => running[name].StartAsync();

    public Task StopResourceAsync(string name) => running[name].StopAsync();

    private async Task EndAsync()
    {
        if (reaper is null)
        {
            return;
        }

        // Who asks again is in a hurry: we go at once, and the reaper ends the rest.
        using var hurry = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Process.GetCurrentProcess().Kill());
        await StopOrder.StopAsync([.. Lifecycles.Select(l => l.Resource)], resource => running[resource.Name].StopAsync()).ConfigureAwait(false);
        await control.StopAsync().ConfigureAwait(false);
        await dashboard.DisposeAsync().ConfigureAwait(false);
        await teller.StopAsync().ConfigureAwait(false);
        await endpoints.DisposeAsync().ConfigureAwait(false);
        await lifecycles.DisposeAsync().ConfigureAwait(false);
        await reaper.DisposeAsync().ConfigureAwait(false);
        foreach (var lifecycle in running.Values)
        {
            await lifecycle.DisposeAsync().ConfigureAwait(false);
        }
    }
}
