using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OpenTelemetry to a host's services.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>Starts the providers with the host; what they collect is said with <c>WithTracing</c>, <c>WithMetrics</c> and <c>WithLogging</c>.</summary>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        if (!services.Any(service => service.ImplementationType == typeof(TelemetryHostedService)))
        {
            // First of all hosted services: what the others do while starting is collected as well.
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
        }
        return new OpenTelemetryBuilder(services);
    }
}
