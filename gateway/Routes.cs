using Expo.ServiceDefaults;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Expo.Gateway;

/// <summary>Which path leads to which service. Services decide who may do what; the gateway only refuses what no service should see.</summary>
internal static class Routes
{
    private static readonly string[] Services = ["registration", "exhibition", "recruitment", "forum", "matchmaking"];
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void AddRoutes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IDestinationResolver, Destinations>();
        builder.Services.AddReverseProxy()
            .LoadFromMemory([.. Services.SelectMany(RoutesOf), KeySet()], [.. Services.Select(Cluster)])
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = TimeSpan.FromSeconds(2));
    }

    public static void MapRoutes(this WebApplication app)
    {
        app.MapReverseProxy(proxy =>
        {
            proxy.UseForwardingProblems();
            proxy.UseLoadBalancing();
        });
        app.MapFallback("{*path}", Unknown).AllowAnonymous();
    }

    public static Task Unknown(HttpContext http) => http.WriteProblem(StatusCodes.Status404NotFound, "route.unknown",
        "没有这个地址。", "There is nothing at this address.");

    private static IEnumerable<RouteConfig> RoutesOf(string service)
    {
        yield return Route($"{service}-api", service, $"/api/{service}/v1/{{**rest}}", Methods);
        yield return Route($"{service}-openapi", service, $"/openapi/{service}.json", Reading) with
        {
            Transforms = [new Dictionary<string, string> { ["PathSet"] = "/openapi/v1.json" }],
        };
    }

    private static RouteConfig KeySet() => Route("jwks", "registration", "/.well-known/jwks.json", Reading);

    private static RouteConfig Route(string id, string service, string path, IReadOnlyList<string> methods) => new()
    {
        RouteId = id,
        ClusterId = service,
        Match = new RouteMatch { Path = path, Methods = methods },
        // A caller without a token is the service's to judge; one with a bad token has been refused before routing ends.
        AuthorizationPolicy = "anonymous",
    };

    private static ClusterConfig Cluster(string service) => new()
    {
        ClusterId = service,
        Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = $"http://{service}" } },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(30) },
    };
}
