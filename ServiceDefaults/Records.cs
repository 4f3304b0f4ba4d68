using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary>
/// The second budget of a program: how many records it writes, however it bundles them into requests. Each instance of a service counts for itself.
/// </summary>
public static class Records
{
    private const int Default = 24_000;

    internal static void AddRecords(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services =>
        {
            var settings = services.GetRequiredService<IConfiguration>().GetSection("RateLimits");
            return new RateBudget(services.GetRequiredService<TimeProvider>(), "records", client =>
                settings.GetValue($"Clients:{client}:Records", settings.GetValue("Records", Default)));
        });
    }

    /// <summary>A request to this endpoint writes one record, unless told otherwise.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="count">How many records a request has.</param>
    public static RouteHandlerBuilder CountsRecords(this RouteHandlerBuilder endpoint, Func<EndpointFilterInvocationContext, int>? count = null) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var client = http.User.FindFirst("sub")?.Value ?? "";
            var standing = http.RequestServices.GetRequiredService<RateBudget>().Take(client, count?.Invoke(context) ?? 1);
            RateLimitHeaders.Write(http.Response, standing);
            if (standing.Allowed)
                return await next(context);
            await RateLimitHeaders.Refuse(http, standing);
            return TypedResults.Empty;
        });
}
