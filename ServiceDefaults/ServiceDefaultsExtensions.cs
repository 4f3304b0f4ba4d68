using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary>What every process of the platform does alike: telemetry, health, identity, limits and careful outgoing calls.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds the defaults; call it first.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.AddServerSpans();
        builder.AddProblemFallback();
        builder.AddHealth();
        builder.AddLimits();
        builder.AddServiceDiscovery();
        builder.AddResilience();
        builder.AddIdentity();
        builder.AddRecords();
        return builder;
    }

    /// <summary>Maps the endpoints every process has: <c>/health</c> (ready for work) and <c>/alive</c> (the process answers).</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealth();
        return app;
    }
}
