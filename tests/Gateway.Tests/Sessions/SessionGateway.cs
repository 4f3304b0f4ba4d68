using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Gateway.Tests.Sessions;

/// <summary>Two gateways that share their keys and one that has others, before a small Registration on a real socket.</summary>
public sealed class SessionGateway : IAsyncLifetime
{
    private readonly List<WebApplicationFactory<Program>> gateways = [];
    private readonly Clock clock = new(); // stands still: how soon a token ends does not depend on how long a test takes
    private readonly ConcurrentDictionary<string, string> live = new();
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("expo-gateway-");
    private WebApplication? registration;
    private Uri? first;
    private int count;

    internal Issuer Issuer { get; } = new();

    /// <summary>Where the gateways keep their keys.</summary>
    public string Keys => Path.Combine(data.FullName, "keys");

    /// <summary>Whether Registration answers nothing but 503 about sessions.</summary>
    public bool Down { get; set; }

    /// <summary>How many requests have reached the service behind.</summary>
    public int Reached { get; private set; }

    public async ValueTask InitializeAsync()
    {
        registration = await Host.Plain(app =>
        {
            var sessions = app.MapGroup("/api/registration/v1/sessions");
            sessions.AddEndpointFilter(async (context, next) => Down ? Results.StatusCode(503) : await next(context));
            sessions.MapPost("", (JsonObject body) => (string?)body["password"] == "right" ? SignedIn((string)body["username"]!) : Refused("login.failed"));
            sessions.MapPost("/refresh", (JsonObject body) => live.TryRemove((string)body["refreshToken"]!, out var name) ? SignedIn(name) : Refused("session.revoked"));
            sessions.MapPost("/sign-out", (JsonObject body) => { live.TryRemove((string)body["refreshToken"]!, out _); return Results.NoContent(); });
            sessions.MapPost("/sign-out-everywhere", (HttpRequest request) => { live.Clear(); return request.Headers.Authorization.Count == 1 ? Results.NoContent() : Refused("auth.required"); });
            app.Map("{**path}", Echo);
        });
    }

    /// <summary>Starts a gateway; those that are given no directory keep their keys for themselves.</summary>
    public Uri Start(bool ownKeys = false)
    {
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseEnvironment("Production")
            .UseUrls("http://127.0.0.1:0")
            .ConfigureLogging(logs => logs.ClearProviders())
            .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock))
            .UseSetting("Identity:Jwks", Issuer.Jwks)
            .UseSetting("DataProtection:Keys", ownKeys ? "" : Keys)
            .UseSetting("services:registration:http:0", registration!.Urls.Single()));
        factory.UseKestrel();
        factory.StartServer();
        gateways.Add(factory);
        return new Uri(factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>A browser that has signed in. The access token of <c>brief</c> is about to end from the beginning, that of <c>ended</c> has ended.</summary>
    internal async Task<Browser> SignIn(string username = "mei", Uri? at = null)
    {
        var browser = new Browser(at ?? (first ??= Start()));
        Assert.Equal(StatusCodes.Status200OK, (int)(await browser.SignIn(username)).StatusCode);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways)
            await gateway.DisposeAsync();
        await registration!.DisposeAsync();
        Issuer.Dispose();
        data.Delete(recursive: true);
    }

    private IResult SignedIn(string username)
    {
        var number = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        live[$"refresh-{number}"] = username;
        return Results.Json(new
        {
            accessToken = Issuer.Token(claims: claims => (claims["jti"], claims["org"]) = (number, "0190a0a0-0000-7000-8000-000000000002")),
            expiresIn = username switch { "brief" => 20, "ended" => 0, _ => 300 },
            refreshToken = $"refresh-{number}",
        });
    }

    private static IResult Refused(string code) => Results.Json(new { code, status = 401 }, contentType: "application/problem+json", statusCode: 401);

    private async Task Echo(HttpContext http)
    {
        Reached++;
        http.Response.Headers.SetCookie = "evil=1";
        await http.Response.WriteAsJsonAsync(new JsonObject(http.Request.Headers.Select(header =>
            KeyValuePair.Create(header.Key.ToLowerInvariant(), (JsonNode?)header.Value.ToString()))));
    }
}

/// <summary>What a browser and a page of ours do: keep the cookie, say where a request comes from, show the token.</summary>
internal sealed class Browser(Uri gateway, string? host = null)
{
    private const string Editions = "/api/registration/v1/editions";

    public string? Cookie { get; set; }

    public string? CsrfToken { get; set; }

    public string SetCookie { get; private set; } = "";

    public Browser At(Uri other) => new(other) { Cookie = Cookie, CsrfToken = CsrfToken };

    public async Task<HttpResponseMessage> SignIn(string username, string password = "right")
    {
        var answer = await Send(HttpMethod.Post, "/session", request => request.Content = JsonContent.Create(new { username, password }));
        CsrfToken = (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))?["csrfToken"];
        return answer;
    }

    public Task<HttpResponseMessage> Read(Action<HttpRequestMessage>? change = null) => Send(HttpMethod.Get, Editions, change);

    public Task<HttpResponseMessage> Write(Action<HttpRequestMessage>? change = null) => Send(HttpMethod.Post, Editions, change);

    /// <summary>The header that the service behind saw.</summary>
    public async Task<string?> Seen(string header) =>
        (string?)(await (await Read()).Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))![header];

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var client = Host.Client(gateway);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = host;
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        if (method != HttpMethod.Get)
            request.Headers.Add("Origin", $"{(host is null ? "http" : "https")}://{host ?? gateway.Authority}");
        if (method != HttpMethod.Get && CsrfToken is not null)
            request.Headers.Add("X-CSRF-Token", CsrfToken);
        change?.Invoke(request);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        SetCookie = answer.Headers.TryGetValues("Set-Cookie", out var set) ? Assert.Single(set) : "";
        if (SetCookie.Length > 0)
            Cookie = SetCookie.Contains("=;", StringComparison.Ordinal) ? null : SetCookie.Split(';')[0];
        return answer;
    }
}
