using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary><c>/health</c> runs every check and says whether to send work here; <c>/alive</c> only says that the process answers.</summary>
internal static class Health
{
    private const string Ready = "/health";
    private const string Alive = "/alive";
    private const string Live = "live";

    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    public static void MapHealth(this WebApplication app)
    {
        Quiet(app.MapHealthChecks(Ready));
        Quiet(app.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }));
    }

    public static bool IsHealthProbe(this PathString path) => path.Equals(Ready) || path.Equals(Alive);

    private static void Quiet(IEndpointConventionBuilder endpoint) => endpoint.AllowAnonymous().DisableHttpMetrics();
}
