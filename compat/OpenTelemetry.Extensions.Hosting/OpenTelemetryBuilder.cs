using Microsoft.Extensions.DependencyInjection;

namespace OpenTelemetry;

/// <summary>Configures OpenTelemetry in a host; the configuring methods are the SDK's extensions of <see cref="IOpenTelemetryBuilder"/>.</summary>
public sealed class OpenTelemetryBuilder : IOpenTelemetryBuilder
{
    internal OpenTelemetryBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }
}
