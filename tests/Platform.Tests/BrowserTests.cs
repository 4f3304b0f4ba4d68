using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Expo.ServiceDefaults;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>A browser with nothing but a cookie, against the real Registration.</summary>
[Trait("needs", "platform")]
public sealed class BrowserTests(RunningPlatform platform)
{
    private const string Me = "/api/registration/v1/accounts/me";

    [Fact]
    [Requirement("R-01")]
    public async Task A_browser_signs_in_acts_and_signs_out_everywhere()
    {
        using var here = await SignIn();
        using var there = await SignIn();
        Assert.Equal("committee", (await here.Get(Me)).Is(HttpStatusCode.OK).Json.GetProperty("username").GetString());
        var mine = (await here.Get("/session")).Is(HttpStatusCode.OK).Json;
        Assert.Contains("committee_officer", mine.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));

        here.DefaultRequestHeaders.Remove("X-CSRF-Token");
        (await here.Post("/session/sign-out-everywhere")).IsRefused(HttpStatusCode.Forbidden, "csrf.failed");
        here.DefaultRequestHeaders.Add("X-CSRF-Token", mine.GetProperty("csrfToken").GetString());
        (await here.Post("/session/sign-out-everywhere")).Is(HttpStatusCode.NoContent);
        (await here.Get("/api/registration/v1/sessions")).Is(HttpStatusCode.OK); // the access token's last minutes
        (await there.Delete("/session")).Is(HttpStatusCode.NoContent);
        (await platform.Gateway().Get(Me)).IsRefused(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_the_gateway()
    {
        using var browser = await SignIn();
        await platform.Restart("gateway");
        (await browser.Get(Me)).Is(HttpStatusCode.OK);
    }

    private async Task<HttpClient> SignIn()
    {
        // Cookies by hand: the other tests' clients share a handler, and would share its jar.
        using var gateway = platform.Gateway();
        var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = gateway.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session")
        {
            Content = JsonContent.Create(new { username = "committee", password = platform.CommitteePassword }),
        };
        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        browser.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", session.GetProperty("csrfToken").GetString());
        return browser;
    }
}
