using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Expo.Gateway.Tests.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace Expo.Gateway.Tests.Routing;

public sealed class DoorSpecs(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private const string Editions = "/api/registration/v1/editions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> AttackNames => [.. Attacks.All.Keys];

    [Theory, MemberData(nameof(AttackNames))]
    public async Task The_gateway_refuses(string attack)
    {
        using var client = gateway.Client(Attacks.All[attack](gateway.Issuer));
        var answer = await client.GetAsync(Editions, Ct);
        await answer.AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_good_token_goes_on_to_the_service()
    {
        var token = gateway.Issuer.Token();
        Assert.Equal($"Bearer {token}", await HeaderSeen("authorization", token));
    }

    [Fact]
    public async Task A_program_that_comes_for_a_token_says_who_it_is_with_a_secret()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Add("Authorization", "Basic YTpi");
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        var echo = await (await client.PostAsync("/api/registration/v1/oauth/token", form, Ct)).Content.ReadFromJsonAsync<JsonObject>(Ct);
        Assert.Equal("Basic YTpi", (string?)echo!["headers"]!["authorization"]);
        Assert.Equal("application/x-www-form-urlencoded", (string?)echo["headers"]!["content-type"]);
        await (await client.GetAsync(Editions, Ct)).AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task A_request_without_a_token_is_the_services_to_judge() => Assert.Null(await HeaderSeen("authorization"));

    [Theory]
    [InlineData("X-User"), InlineData("X-Tenant"), InlineData("x-roles"), InlineData("X-Original-URL"), InlineData("X-Real-IP")]
    [InlineData("X-HTTP-Method-Override"), InlineData("X_User"), InlineData("Expo-Actor"), InlineData("Forwarded")]
    public async Task A_header_only_the_platform_may_write_ends_here(string name) => Assert.Null(await HeaderSeen(name, send: name));

    [Theory, InlineData("X-Forwarded-For"), InlineData("X-Forwarded-Host"), InlineData("X-Forwarded-Proto"), InlineData("X-Forwarded-Prefix")]
    public async Task Where_a_request_came_from_is_said_by_the_gateway_alone(string name) =>
        Assert.DoesNotContain("spoofed", await HeaderSeen(name, send: name) ?? "", StringComparison.Ordinal);

    [Fact]
    public async Task The_service_learns_the_callers_address() => Assert.Equal("127.0.0.1", await HeaderSeen("x-forwarded-for", send: "X-Forwarded-For"));

    [Fact]
    public async Task The_trace_of_the_caller_goes_on()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        var echo = await client.GetFromJsonAsync<JsonObject>(Editions, Ct);
        Assert.Contains(trace, (string?)echo!["headers"]!["traceparent"], StringComparison.Ordinal);
    }

    [Theory, InlineData(Editions), InlineData("/nowhere"), InlineData("/api/forum/v1/things")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var client = gateway.Client();
        var headers = (await client.GetAsync(path, Ct)).Headers;
        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", headers.GetValues("X-Frame-Options").Single());
        Assert.StartsWith("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", headers.CacheControl?.ToString());
        Assert.False(headers.Contains("Server") || headers.Contains("X-Powered-By") || headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Over_https_a_browser_is_told_to_stay_there()
    {
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureLogging(logs => logs.ClearProviders()));
        using var client = factory.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://expo.example") });
        var answer = await client.GetAsync("/nowhere", Ct);
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task No_other_site_may_call_with_the_users_credentials()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        var answer = await client.GetAsync(Editions, Ct);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private async Task<string?> HeaderSeen(string name, string? token = null, string? send = null)
    {
        using var client = gateway.Client(token);
        if (send is not null)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(send, "spoofed");
        }
        var echo = await client.GetFromJsonAsync<JsonObject>(Editions, Ct);
        return (string?)echo!["headers"]![name.ToLowerInvariant()];
    }
}
