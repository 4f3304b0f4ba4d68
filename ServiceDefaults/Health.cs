using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expo.ServiceDefaults;

/// <summary><c>/health</c> runs every check and says whether to send work here; <c>/alive</c> only says that the process answers.</summary>
internal static class Health
{
    private const string Ready = "/health";
    private const string Alive = "/alive";
    private const string Live = "live";

    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        // Every two seconds the same, with a stack trace: whoever asks is told.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    public static void MapHealth(this WebApplication app)
    {
        Quiet(app.MapHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = SayWhy }));
        Quiet(app.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }));
    }

    public static bool IsHealthProbe(this PathString path) => path.Equals(Ready) || path.Equals(Alive);

    // As upstream one word, and then what is not well, for whoever has to do something about it.
    private static Task SayWhy(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain";
        var reasons = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"\n{entry.Key}: {entry.Value.Description ?? "failed"}");
        return http.Response.WriteAsync(report.Status + string.Concat(reasons));
    }

    private static void Quiet(IEndpointConventionBuilder endpoint) => endpoint.AllowAnonymous().DisableHttpMetrics();
}
