using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Gateway.Tests.Limits;

public sealed class RateLimitSpecs : IAsyncLifetime
{
    private const string Editions = "/api/registration/v1/editions";
    private const string Known = "0190a0a0-0000-7000-8000-0000000000aa";

    private readonly Clock clock = new();
    private readonly Issuer issuer = new();
    private WebApplication service = null!;
    private WebApplicationFactory<Program> gateway = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        service = await Host.Plain(app => app.Map("{**path}", (HttpResponse response) =>
        {
            response.Headers["RateLimit-Policy"] = "\"records\";q=24000;w=60";
            response.Headers["RateLimit"] = "\"records\";r=23999;t=60";
        }));
        gateway = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .ConfigureLogging(logs => logs.ClearProviders())
            .UseSetting("Identity:Jwks", issuer.Jwks)
            .UseSetting("RateLimits:AnonymousRequests", "5")
            .UseSetting("RateLimits:AnonymousWrites", "2")
            .UseSetting("RateLimits:Requests", "4")
            .UseSetting($"RateLimits:Clients:{Known}:Requests", "6000")
            .UseSetting("services:registration:http:0", service.Urls.Single())
            .ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await service.DisposeAsync();
        issuer.Dispose();
    }

    [Fact]
    public async Task Every_answer_says_how_its_client_stands_and_what_the_service_adds()
    {
        using var client = Client(Guid.CreateVersion7().ToString());
        var first = await client.GetAsync(Editions, Ct);
        Assert.Equal("\"client\";q=4;w=60, \"records\";q=24000;w=60", Assert.Single(first.Headers.GetValues("RateLimit-Policy")));
        Assert.Equal("\"client\";r=3;t=60, \"records\";r=23999;t=60", Assert.Single(first.Headers.GetValues("RateLimit")));

        clock.Advance(TimeSpan.FromSeconds(18));
        var nowhere = await client.GetAsync("/nowhere", Ct);
        Assert.Equal("\"client\";r=2;t=42", Assert.Single(nowhere.Headers.GetValues("RateLimit")));
    }

    [Fact]
    public async Task A_client_that_asks_too_often_waits_for_its_next_window()
    {
        using var client = Client(Guid.CreateVersion7().ToString());
        using var other = Client(Guid.CreateVersion7().ToString());
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        for (var request = 0; request < 4; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Editions, Ct)).StatusCode);
        }

        clock.Advance(TimeSpan.FromSeconds(20));
        var refused = await client.GetAsync(Editions, Ct);
        var problem = await refused.AssertProblem(HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.StartsWith("Too many requests", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("\"client\";r=0;t=40", Assert.Single(refused.Headers.GetValues("RateLimit")));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(Editions, Ct)).StatusCode);

        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Editions, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_client_may_have_a_limit_of_its_own()
    {
        using var client = Client(Known);
        Assert.StartsWith("\"client\";q=6000;w=60", (await client.GetAsync(Editions, Ct)).Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_are_counted_by_address_and_write_less_often()
    {
        using var stranger = Client();
        for (var write = 0; write < 2; write++)
        {
            Assert.Equal(HttpStatusCode.OK, (await stranger.PostAsync(Editions, null, Ct)).StatusCode);
        }

        var refused = await stranger.PostAsync(Editions, null, Ct);
        await refused.AssertProblem(HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.Equal("\"client\";q=5;w=60, \"writes\";q=2;w=60", refused.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(Editions, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(Editions, Ct)).StatusCode);
        await (await stranger.GetAsync(Editions, Ct)).AssertProblem(HttpStatusCode.TooManyRequests, "rate.limited");
    }

    [Fact]
    public async Task A_token_that_is_not_ours_is_a_strangers_request()
    {
        using var stranger = Client();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "made-up");
        Assert.Equal("\"client\";r=4;t=60", (await stranger.GetAsync(Editions, Ct)).Headers.GetValues("RateLimit").Single());
    }

    [Fact]
    public async Task Probes_are_not_counted()
    {
        using var probe = Client();
        for (var request = 0; request < 10; request++)
        {
            var alive = await probe.GetAsync("/alive", Ct);
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
            Assert.False(alive.Headers.Contains("RateLimit"));
        }
    }

    private HttpClient Client(string? subject = null)
    {
        var client = gateway.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        if (subject is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token(claims: claims => claims["sub"] = subject));
        }
        return client;
    }
}
