using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Expo.Messaging;

/// <summary>A service that hears nothing is not well, though it still decides: MassTransit itself calls that degraded.</summary>
internal sealed class BrokerHealth(IBusControl bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(bus.CheckHealth().Status == BusHealthStatus.Healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the broker is away"));
}
