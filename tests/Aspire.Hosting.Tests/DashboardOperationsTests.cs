using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>The dashboard works on the operations of whatever services describe some, with an account of its own.</summary>
public sealed class DashboardOperationsTests : IAsyncLifetime
{
    private const string Token = "a-token-of-the-test";
    private const string Password = "only-the-apphost-knows";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IDistributedApplicationTestingBuilder builder = DistributedApplicationTestingBuilder.Create(
        [
            "--Dashboard:Port=0", $"--AppHost:BrowserToken={Token}", "--Expo:Operations:SignIn=/enter", "--Expo:Operations:UserName=desk",
            "--Expo:Operations:PasswordParameter=desk-password",
        ],
        (options, _) => options.DisableDashboard = false);

    private readonly TaskCompletionSource<string> address = new();
    private DistributedApplication app = null!;
    private HttpClient dashboard = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var password = builder.AddParameter("desk-password", Password, secret: true);
        builder.AddSample("worked").WithEnvironment("SAMPLE_OPERATIONS", password);
        builder.AddSample("plain");
        builder.Services.AddLogging(logging => logging.AddProvider(new LoginLine(address)));
        app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        dashboard = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(new Uri(await address.Task), "/") };
        dashboard.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        foreach (var service in (string[])["worked", "plain"])
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(service, Ct).WaitAsync(Patience, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        dashboard.Dispose();
        await app.DisposeAsync();
        await builder.DisposeAsync();
    }

    [Fact]
    public async Task Services_that_describe_operations_are_found_and_asked_without_a_trace_and_nobody_sees_the_token()
    {
        var text = await dashboard.GetStringAsync("/api/operations?of=lag", Ct);
        var only = Assert.Single(JsonSerializer.Deserialize<JsonElement>(text).EnumerateArray());
        Assert.Equal("worked", only.GetProperty("service").GetString());
        Assert.Equal(1, only.GetProperty("answer").GetProperty("signedIn").GetInt32());
        Assert.EndsWith("-00", only.GetProperty("answer").GetProperty("traced").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, await dashboard.GetStringAsync("/api/resources", Ct), StringComparison.Ordinal);

        // The sign-in is kept while it is good, and made again when it is not.
        Assert.Equal(1, await SignedIn());
        using var worked = app.CreateHttpClient("worked", "http");
        await worked.PostAsync(new Uri("/forget", UriKind.Relative), null, Ct);
        Assert.Equal(3, await SignedIn());
    }

    [Fact]
    public async Task What_a_service_answers_and_refuses_is_passed_on_in_the_language_of_the_page()
    {
        using var done = await Retry("worked", """{"why":"mended"}""", "en");
        Assert.Equal("""{"subject":"x:1","why":"mended","who":"desk"}""", await done.Content.ReadAsStringAsync(Ct));

        using var refused = await Retry("worked", "{}", "zh");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("为何？", "why.missing"), (problem.GetProperty("detail").GetString(), problem.GetProperty("code").GetString()));

        using var nobody = await Retry("plain", "{}", "zh");
        Assert.Equal((HttpStatusCode.NotFound, "operations.not_offered"), (nobody.StatusCode, await Text(nobody, "code")));
    }

    [Fact]
    public async Task Who_signs_in_acts_with_an_account_of_their_own_until_they_leave_it()
    {
        Assert.Equal(1, await SignedIn());
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = dashboard.BaseAddress };
        browser.DefaultRequestHeaders.Authorization = dashboard.DefaultRequestHeaders.Authorization;
        using var wrong = await browser.PostAsJsonAsync("/api/operator", new { userName = "ada", password = "guessed" }, Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "operations.sign_in_refused"), (wrong.StatusCode, await Text(wrong, "code")));
        using var empty = await browser.PostAsJsonAsync("/api/operator", new { userName = "ada" }, Ct);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "operations.no_credentials"), (empty.StatusCode, await Text(empty, "code")));
        Assert.Equal("desk", await Acts(browser));

        using var own = await browser.PostAsJsonAsync("/api/operator", new { userName = "ada", password = Password }, Ct);
        Assert.Equal((HttpStatusCode.OK, "account-of-ada"), (own.StatusCode, await Text(own, "accountId")));
        Assert.Equal("ada", (await browser.GetFromJsonAsync<JsonElement>("/api/operator", Ct)).GetProperty("userName").GetString());
        Assert.Equal(("ada", "desk"), (await Acts(browser), await Acts(dashboard)));

        await browser.DeleteAsync("/api/operator", Ct);
        Assert.Equal("desk", await Acts(browser));

        static async Task<string?> Acts(HttpClient person)
        {
            using var request = Request("worked", """{"why":"mended"}""", "en");
            using var answer = await person.SendAsync(request, Ct);
            return await Text(answer, "who");
        }
    }

    [Fact]
    public async Task A_service_that_is_away_is_still_named_and_said_to_be()
    {
        Assert.Equal(1, await SignedIn());
        Assert.Equal(HttpStatusCode.OK, (await dashboard.PostAsync("/api/resources/worked/commands/stop", null, Ct)).StatusCode);

        var away = Assert.Single((await dashboard.GetFromJsonAsync<JsonElement>("/api/operations?of=lag", Ct)).EnumerateArray());
        Assert.Equal(("worked", "service.away"), (away.GetProperty("service").GetString(), away.GetProperty("problem").GetProperty("code").GetString()));
        using var refused = await Retry("worked", """{"why":"mended"}""", "en");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The service is away (Finished)."), (refused.StatusCode, await Text(refused, "detail")));
    }

    [Theory]
    [InlineData("things/%252e%252e/enter")]
    [InlineData("things/a%2Fb/retry")]
    [InlineData("things//retry")]
    public async Task The_account_reaches_operations_only(string path)
    {
        using var answer = await dashboard.PostAsync(new Uri($"/api/operations/worked/{path}", UriKind.Relative), JsonContent.Create(new { why = "x" }), Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_acts_who_is_not_logged_in_or_comes_from_another_site()
    {
        using var stranger = new HttpClient(new SocketsHttpHandler()) { BaseAddress = dashboard.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri("/api/operations?of=lag", UriKind.Relative), Ct)).StatusCode);

        using var foreign = Request("worked", """{"why":"x"}""", "en");
        foreign.Headers.Add("Origin", "https://elsewhere.example");
        Assert.Equal(HttpStatusCode.Unauthorized, (await dashboard.SendAsync(foreign, Ct)).StatusCode);

        // What a form of another site can send without being asked first.
        using var form = Request("worked", """{"why":"x"}""", "en");
        form.Content!.Headers.ContentType = new("text/plain");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await dashboard.SendAsync(form, Ct)).StatusCode);
    }

    private async Task<int> SignedIn()
    {
        var all = await dashboard.GetFromJsonAsync<JsonElement>("/api/operations?of=lag", Ct);
        return all.EnumerateArray().Single().GetProperty("answer").GetProperty("signedIn").GetInt32();
    }

    private async Task<HttpResponseMessage> Retry(string service, string body, string language)
    {
        using var request = Request(service, body, language);
        return await dashboard.SendAsync(request, Ct);
    }

    private static HttpRequestMessage Request(string service, string body, string language)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/operations/{service}/things/x:1/retry", UriKind.Relative))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.AcceptLanguage.ParseAdd(language);
        return request;
    }

    private static async Task<string?> Text(HttpResponseMessage answer, string name) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty(name).GetString();
}
