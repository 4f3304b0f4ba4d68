using JasperFx;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Marten.Events.Daemon;

/// <summary>
/// One health check per shard: red while a projection of this node cannot go on, yellow for a subscription, whose broker may be
/// away. A shard that another node runs is that node's business.
/// </summary>
internal sealed class ShardHealth(ProjectionCoordinator coordinator, ShardSource shard) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var agent = coordinator.Agent(shard.Name.Identity);
        if (agent is not { Status: AgentStatus.Paused }) return Task.FromResult(HealthCheckResult.Healthy());
        return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus,
            $"stopped after event {agent.Position} and tried again from time to time: {agent.LastFailure}"));
    }
}

/// <summary>Registers the checks once the store's shards are known.</summary>
internal sealed class ShardHealthRegistrations(DocumentStore store, ProjectionCoordinator coordinator) : IConfigureOptions<HealthCheckServiceOptions>
{
    public void Configure(HealthCheckServiceOptions options)
    {
        foreach (var shard in store.StoreOptions.Projections.Shards)
            options.Registrations.Add(new HealthCheckRegistration(
                $"marten {shard.Name.Identity}", new ShardHealth(coordinator, shard),
                shard is ProjectionShard ? HealthStatus.Unhealthy : HealthStatus.Degraded, ["marten"]));
    }
}
