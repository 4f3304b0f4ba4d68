using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Gateway.Tests;

/// <summary>The gateway on a real socket, in front of one service that echoes what reaches it, one that is down and three nobody has started.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private const string DownAddress = "http://127.0.0.1:1";

    private readonly WebApplicationFactory<Program> factory;
    private WebApplication? echo;
    private WebApplication? secondEcho;

    public RunningGateway()
    {
        factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseUrls("http://127.0.0.1:0")
            .ConfigureLogging(logs => logs.ClearProviders())
            .UseSetting("Identity:Jwks", Issuer.Jwks)
            .UseSetting("services:registration:http:0", echo!.Urls.Single())
            .UseSetting("services:recruitment:http:0", echo!.Urls.Single())
            .UseSetting("services:recruitment:http:1", secondEcho!.Urls.Single())
            .UseSetting("services:exhibition:http:0", DownAddress));
        factory.UseKestrel();
    }

    internal Issuer Issuer { get; } = new();

    public Uri Address { get; private set; } = null!;

    public HttpClient Client(string? token = null) => Host.Client(Address, token);

    public async ValueTask InitializeAsync()
    {
        echo = await Host.Plain(app => app.Map("{**path}", http => Echo(http, "one")));
        secondEcho = await Host.Plain(app => app.Map("{**path}", http => Echo(http, "two")));
        factory.StartServer();
        Address = new Uri(factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await echo!.DisposeAsync();
        await secondEcho!.DisposeAsync();
        Issuer.Dispose();
    }

    /// <summary>Sends these very bytes and returns everything that comes back until the gateway closes, which it may do before it has read them all.</summary>
    public async Task<string> Raw(string request, CancellationToken ct)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port, ct);
        var stream = socket.GetStream();
        using var answer = new MemoryStream();
        var reading = UntilClosed(() => stream.CopyToAsync(answer, ct));
        await UntilClosed(() => stream.WriteAsync(Encoding.ASCII.GetBytes(request), ct).AsTask());
        await reading;
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    // Whoever closes with something unread resets the connection; what was answered before that has arrived.
    private static async Task UntilClosed(Func<Task> exchange)
    {
        try
        {
            await exchange();
        }
        catch (IOException)
        {
        }
    }

    private static async Task Echo(HttpContext http, string instance)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync(http.RequestAborted);
        http.Response.Headers.Server = "echo/1.0";
        http.Response.Headers.XPoweredBy = "echo";
        http.Response.Headers.CacheControl = "public, max-age=60";
        await http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["instance"] = instance,
            ["method"] = http.Request.Method,
            ["path"] = http.Request.Path.Value,
            ["query"] = http.Request.QueryString.Value,
            ["bytes"] = body.Length,
            ["headers"] = new JsonObject(http.Request.Headers.Select(header =>
                KeyValuePair.Create(header.Key.ToLowerInvariant(), (JsonNode?)header.Value.ToString()))),
        });
    }
}
