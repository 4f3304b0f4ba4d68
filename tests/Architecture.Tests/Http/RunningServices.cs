using System.Reflection;
using Expo.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Architecture.Tests.Http;

/// <summary>A started service and what it serves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="App">Its host.</param>
/// <param name="Endpoints">What it serves.</param>
/// <param name="Description">Its OpenAPI document, as it is served.</param>
public sealed record RunningService(string Name, IServiceApp App, IReadOnlyList<ServedEndpoint> Endpoints, string Description);

/// <summary>The five services on a server of their own, started when first asked for; they end with the assembly.</summary>
public sealed class RunningServices : IAsyncDisposable
{
    private readonly Servers servers = new();
    private readonly Lazy<Task<IReadOnlyList<RunningService>>> started = new(Start);

    /// <summary>All of them.</summary>
    public Task<IReadOnlyList<RunningService>> All => started.Value;

    /// <summary>Every endpoint.</summary>
    public async Task<IReadOnlyList<ServedEndpoint>> Endpoints() => [.. (await All).SelectMany(service => service.Endpoints)];

    /// <summary>The OpenAPI document of each service.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Descriptions() => (await All).ToDictionary(service => service.Name, service => service.Description);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
            foreach (var service in await All)
                await service.App.DisposeAsync();
        await servers.DisposeAsync();
    }

    private static async Task<IReadOnlyList<RunningService>> Start()
    {
        var running = new List<RunningService>();
        foreach (var service in Repo.Services)
        {
            var app = await ServiceApp.StartAsync(Assembly.Load(service));
            var hasFallback = await app.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync() is not null;
            using var client = app.Client();
            running.Add(new(service, app, [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Select(e => new ServedEndpoint(service, e, hasFallback))], await client.GetStringAsync("/openapi/v1.json")));
        }

        return running;
    }
}
