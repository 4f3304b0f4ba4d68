using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Expo.Gateway.Tests.Routing;

public sealed class RouteSpecs(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/registration/v1/editions?limit=5", "/api/registration/v1/editions", "?limit=5")]
    [InlineData("/openapi/registration.json", "/openapi/v1.json", "")]
    [InlineData("/.well-known/jwks.json", "/.well-known/jwks.json", "")]
    public async Task A_path_leads_to_its_service(string asked, string path, string query)
    {
        var echo = await Get(asked);
        Assert.Equal((path, query), ((string?)echo["path"], (string?)echo["query"]));
    }

    [Fact]
    public async Task Every_instance_of_a_service_gets_work()
    {
        var seen = new HashSet<string>();
        for (var asked = 0; asked < 100 && seen.Count < 2; asked++)
        {
            seen.Add((string)(await Get("/api/recruitment/v1/jobs"))["instance"]!);
        }
        Assert.Equal(["one", "two"], seen.Order());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/registration")]
    [InlineData("/api/registration/v2/editions")]
    [InlineData("/api/unknown/v1/things")]
    [InlineData("/api//registration/v1/editions")]
    [InlineData("/openapi/unknown.json")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/index.html")]
    [InlineData("/.env")]
    [InlineData("/api/registration/v1/../../../.env")]
    [InlineData("/api/registration/v1/%2e%2e/%2e%2e/health")]
    public async Task An_unknown_path_is_a_problem(string path)
    {
        var answer = await gateway.Raw($"GET {path} HTTP/1.1\r\nHost: expo\r\nConnection: close\r\n\r\n", Ct);
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"route.unknown\"", answer, StringComparison.Ordinal);
    }

    [Theory, InlineData("TRACE"), InlineData("PROPFIND")]
    public async Task An_unusual_method_reaches_no_service(string method)
    {
        using var client = gateway.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/registration/v1/editions");
        await (await client.SendAsync(request, Ct)).AssertProblem(HttpStatusCode.NotFound, "route.unknown");
    }

    [Theory, InlineData("exhibition"), InlineData("forum")]
    public async Task A_service_that_is_down_is_a_problem_to_retry(string service)
    {
        using var client = gateway.Client();
        var answer = await client.PostAsJsonAsync($"/api/{service}/v1/things", new { }, Ct);
        await answer.AssertProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter?.Delta);
    }

    [Theory, InlineData("/health"), InlineData("/alive")]
    public async Task The_gateway_says_how_it_is(string path)
    {
        using var client = gateway.Client();
        Assert.Equal("Healthy", await client.GetStringAsync(path, Ct));
    }

    private async Task<JsonObject> Get(string path)
    {
        using var client = gateway.Client();
        return (await client.GetFromJsonAsync<JsonObject>(path, Ct))!;
    }
}
