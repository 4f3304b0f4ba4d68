using System.Net;
using System.Text.RegularExpressions;

namespace Expo.Dashboard.Tests;

public sealed partial class AccessTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
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
        var script = Script().Match(await browser.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)).Groups[1].Value;
        foreach (var page in (string[])["/", "/traces/0123", script, script.Replace("app.js", "uPlot.esm.js", StringComparison.Ordinal), "/web/earlier/app.js"])
        {
            var answer = await browser.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(page.StartsWith(Path.GetDirectoryName(script)!, StringComparison.Ordinal), answer.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(1));
            Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(new Uri(script.Replace("app.js", "package.json", StringComparison.Ordinal), UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Another_site_may_not_use_a_login()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/telemetry/state") { Headers = { { "Origin", "https://elsewhere.example" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [GeneratedRegex("<script type=\"module\" src=\"([^\"]+)\"")]
    private static partial Regex Script();
}
