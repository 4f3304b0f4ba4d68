using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Expo.Gateway.Tests.Sessions;

public sealed class BrowserSessionSpecs(SessionGateway gateways) : IClassFixture<SessionGateway>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_signs_in_and_the_service_sees_a_token_and_no_cookie()
    {
        var browser = await gateways.SignIn();
        Assert.StartsWith("expo=", browser.SetCookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; samesite=strict; httponly", browser.SetCookie, StringComparison.Ordinal);
        var token = await browser.Seen("authorization");
        Assert.StartsWith("Bearer ey", token, StringComparison.Ordinal);
        Assert.DoesNotContain(token!["Bearer ".Length..], browser.Cookie, StringComparison.Ordinal);
        Assert.Null(await browser.Seen("cookie"));
        Assert.Equal("", browser.SetCookie); // nor does the browser get the service's
        Assert.Equal(HttpStatusCode.OK, (await browser.Write()).StatusCode);
    }

    [Fact]
    public async Task A_page_learns_who_it_acts_for_and_never_the_tokens()
    {
        var browser = await gateways.SignIn();
        var answer = await browser.Send(HttpMethod.Get, "/session");
        var session = (await answer.Content.ReadFromJsonAsync<JsonObject>(Ct))!;
        Assert.Equal(["account", "roles", "organisation", "csrfToken"], session.Select(member => member.Key));
        Assert.Equal(("0190a0a0-0000-7000-8000-000000000001", "committee_officer", browser.CsrfToken), ((string?)session["account"], (string?)session["roles"]![0], (string?)session["csrfToken"]));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        await (await new Browser(gateways.Start()).Send(HttpMethod.Get, "/session")).AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Fact]
    public async Task Anywhere_but_on_the_own_machine_the_cookie_is_for_https_and_this_host_only()
    {
        var browser = new Browser(gateways.Start(), "expo.example");
        await browser.SignIn("mei");
        Assert.StartsWith("__Host-expo=", browser.SetCookie, StringComparison.Ordinal);
        Assert.EndsWith("; path=/; secure; samesite=strict; httponly", browser.SetCookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Write()).StatusCode);
        browser.Cookie = browser.Cookie!.Replace("__Host-expo", "expo", StringComparison.Ordinal);
        Assert.Null(await browser.Seen("authorization"));
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_Registrations_words()
    {
        var browser = new Browser(gateways.Start());
        var answer = await browser.SignIn("mei", "wrong");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("login.failed", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Null(browser.Cookie);
    }

    [Fact]
    public async Task A_session_is_counted_as_its_account_and_not_by_its_address()
    {
        var browser = await gateways.SignIn();
        Assert.StartsWith("\"client\";q=600", (await browser.Read()).Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
        browser.Cookie = null;
        Assert.StartsWith("\"client\";q=300", (await browser.Read()).Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_signs_in_with_a_book()
    {
        var answer = await new Browser(gateways.Start()).SignIn("mei", new string('x', 5000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_is_good_at_every_replica_and_after_a_restart()
    {
        var browser = await gateways.SignIn();
        Assert.NotNull(await browser.At(gateways.Start()).Seen("authorization"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(gateways.Keys));
    }

    [Fact]
    public async Task A_token_about_to_end_is_renewed_and_the_cookie_with_it()
    {
        var browser = await gateways.SignIn("brief");
        var (before, csrf) = (browser.Cookie, browser.CsrfToken);
        var first = await browser.Seen("authorization");
        Assert.NotEqual(before, browser.Cookie);
        Assert.NotEqual(first, await browser.Seen("authorization"));
        browser.CsrfToken = csrf;
        Assert.Equal(HttpStatusCode.OK, (await browser.Write()).StatusCode);
    }

    [Fact]
    public async Task A_session_that_is_over_leaves_the_request_to_nobody_and_the_cookie_goes()
    {
        var browser = await gateways.SignIn("brief");
        var replay = browser.At(gateways.Start());
        await browser.Read();
        Assert.Null(await replay.Seen("authorization"));
        Assert.StartsWith("expo=; expires=Thu, 01 Jan 1970", replay.SetCookie, StringComparison.Ordinal);
        Assert.Null(replay.Cookie);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_a_kept_cookie_soon_opens_nothing()
    {
        var browser = await gateways.SignIn("brief");
        var replay = browser.At(gateways.Start());
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Send(HttpMethod.Delete, "/session")).StatusCode);
        Assert.Null(browser.Cookie);
        Assert.Null(await replay.Seen("authorization"));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Send(HttpMethod.Delete, "/session")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browsers_session_too()
    {
        var here = await gateways.SignIn();
        var there = await gateways.SignIn("brief");
        Assert.Equal(HttpStatusCode.NoContent, (await here.Send(HttpMethod.Post, "/session/sign-out-everywhere")).StatusCode);
        Assert.Null(here.Cookie);
        Assert.Null(await there.Seen("authorization"));
        await (await here.Send(HttpMethod.Post, "/session/sign-out-everywhere")).AssertProblem(HttpStatusCode.Unauthorized, "auth.required");
    }
}

/// <summary>Apart from the others, since Registration is down meanwhile.</summary>
public sealed class OutageSpecs(SessionGateway gateways) : IClassFixture<SessionGateway>
{
    [Fact]
    public async Task While_Registration_is_down_sessions_last_as_long_as_their_tokens()
    {
        var gateway = gateways.Start();
        var (good, brief, ended) = (await gateways.SignIn("mei", gateway), await gateways.SignIn("brief", gateway), await gateways.SignIn("ended", gateway));
        gateways.Down = true;

        Assert.NotNull(await good.Seen("authorization"));
        Assert.NotNull(await brief.Seen("authorization"));
        var refused = await ended.Read();
        await refused.AssertProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        Assert.NotNull(ended.Cookie);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await new Browser(gateway).SignIn("mei")).StatusCode);

        // The browser forgets it, and is told that this is all that is certain.
        await (await good.Send(HttpMethod.Delete, "/session")).AssertProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Null(good.Cookie);
        gateways.Down = false;
        Assert.NotNull(await ended.Seen("authorization"));
    }
}
