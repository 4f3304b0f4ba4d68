using JasperFx.Events.Projections;
using JasperFx.Events.Subscriptions;
using Marten.Events.Daemon;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marten.Registration;

internal sealed class ConfigureMartenLambda(Action<IServiceProvider, StoreOptions> configure) : IConfigureMarten
{
    public void Configure(IServiceProvider services, StoreOptions options) => configure(services, options);
}

internal sealed class LightweightSessionFactory(IDocumentStore store) : ISessionFactory
{
    public IQuerySession QuerySession() => store.QuerySession();

    public IDocumentSession OpenSession() => store.LightweightSession();
}

/// <summary>Something done with the store while the host starts; lower ranks first.</summary>
internal sealed record StartupTask(int Rank, Func<DocumentStore, IServiceProvider, CancellationToken, Task> Run);

/// <summary>What was asked for at the start, in order.</summary>
internal sealed class StartupTasks(IEnumerable<StartupTask> tasks)
{
    public IReadOnlyList<StartupTask> InOrder { get; } = [.. tasks.OrderBy(t => t.Rank)];
}

/// <summary>Builds the store, so that a wrong configuration ends the start, and runs the start-up tasks.</summary>
internal sealed class MartenActivator(DocumentStore store, StartupTasks tasks, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var task in tasks.InOrder) await task.Run(store, services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class ContainerSubscriptions
{
    public static SubscriptionShard Shard<T>(IServiceProvider services, ServiceLifetime lifetime, Action<ISubscriptionOptions>? configure)
        where T : class, ISubscription
    {
        // The name and filters may be written in the subscription's constructor, so one is made to read them.
        using var scope = services.CreateScope();
        var sample = scope.ServiceProvider.GetRequiredService<T>();
        var settings = (EventFilterable?)(sample as SubscriptionBase) ?? new SubscriptionSettings(typeof(T).Name);
        configure?.Invoke((ISubscriptionOptions)settings);
        return new SubscriptionShard(settings, (ISubscriptionOptions)settings, lifetime == ServiceLifetime.Singleton ? Single : Scoped);

        SubscriptionLease Single(IServiceProvider? _, ShardName name) => new(services.GetRequiredService<T>(), null);

        SubscriptionLease Scoped(IServiceProvider? _, ShardName name)
        {
            var scope = services.CreateAsyncScope();
            return new SubscriptionLease(scope.ServiceProvider.GetRequiredService<T>(), scope);
        }
    }
}
