using System.Net;
using System.Net.Sockets;
using Expo.ServiceDefaults;

namespace Expo.Gateway.Limits;

/// <summary>
/// How often a client may ask. Who has a token is counted by it; strangers are counted by their address, and may not write as often.
/// Settings: <c>RateLimits:Requests</c>, <c>RateLimits:Clients:{sub}:Requests</c>, <c>RateLimits:AnonymousRequests</c>, <c>RateLimits:AnonymousWrites</c>, each per minute.
/// </summary>
internal sealed class RateLimits
{
    private readonly RateBudget clients;
    private readonly RateBudget strangers;
    private readonly RateBudget strangersWrites;

    public RateLimits(TimeProvider clock, IConfiguration configuration)
    {
        var settings = configuration.GetSection("RateLimits");
        clients = new(clock, "client", sub => settings.GetValue($"Clients:{sub}:Requests", settings.GetValue("Requests", 600)));
        strangers = new(clock, "client", _ => settings.GetValue("AnonymousRequests", 300));
        strangersWrites = new(clock, "writes", _ => settings.GetValue("AnonymousWrites", 60));
    }

    /// <summary>Counts the request.</summary>
    public IReadOnlyList<RateStanding> Take(HttpContext http)
    {
        if (http.User.FindFirst("sub")?.Value is { } client)
            return [clients.Take(client)];

        var address = AddressOf(http.Connection.RemoteIpAddress);
        return HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
            ? [strangers.Take(address)]
            : [strangers.Take(address), strangersWrites.Take(address)];
    }

    // Whoever has one IPv6 address has the 2^64 of its network.
    private static string AddressOf(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        _ => address.ToString(),
    };
}

/// <summary>Puts the limits before everything else.</summary>
internal static class RateLimitsExtensions
{
    public static void AddRateLimits(this WebApplicationBuilder builder) => builder.Services.AddSingleton<RateLimits>();

    /// <summary>Every answer says how its client stands; a service may have said more.</summary>
    public static void UseRateLimits(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Path.Equals("/health") || http.Request.Path.Equals("/alive"))
            return next(http);

        var standings = http.RequestServices.GetRequiredService<RateLimits>().Take(http);
        http.Response.OnStarting(() =>
        {
            RateLimitHeaders.Write(http.Response, standings);
            return Task.CompletedTask;
        });
        return standings.FirstOrDefault(standing => !standing.Allowed) is { } exceeded ? RateLimitHeaders.Refuse(http, exceeded) : next(http);
    });
}
