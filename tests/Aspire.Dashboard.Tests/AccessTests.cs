using System.Net;

namespace Expo.Dashboard.Tests;

public sealed class AccessTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    [Fact]
    public async Task Whoever_has_no_token_sees_nothing()
    {
        using var stranger = dashboard.Stranger();
        foreach (var path in (string[])["/", "/api/telemetry/traces", "/login", "/login?t=wrong"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_login_address_opens_it_for_a_browser()
    {
        using var browser = dashboard.Stranger();
        var login = await browser.GetAsync(new Uri($"/login?t={RunningDashboard.Token}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, login.StatusCode);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(RunningDashboard.Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/api/telemetry/state", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        foreach (var page in (string[])["/", "/traces/0123", "/web/app.js", "/web/uPlot.esm.js"])
        {
            var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri("/web/package.json", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Another_site_may_not_use_a_login()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/telemetry/state") { Headers = { { "Origin", "https://elsewhere.example" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }
}
