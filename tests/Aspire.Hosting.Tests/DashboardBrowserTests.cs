using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>The dashboard in a real browser, in front of real processes that fail; what it looked like is kept under <c>artifacts/screenshots</c>.</summary>
[Trait("needs", "browser")]
public sealed partial class DashboardBrowserTests(BrowsedDashboard dashboard) : IClassFixture<BrowsedDashboard>, IAsyncLifetime
{
    private const int Failures = 6;
    private readonly List<string> errors = [];
    private IPage page = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        page = await dashboard.Browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light, Locale = "en" });
        page.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : (string[])[]);
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(dashboard.LoginUrl);
    }

    public async ValueTask DisposeAsync() => await page.Context.CloseAsync();

    [Fact]
    public async Task Whoever_opens_the_login_address_gets_from_a_red_badge_to_the_exception()
    {
        using (var client = dashboard.App.CreateHttpClient("back", "http"))
        {
            for (var i = 0; i < Failures; i++)
            {
                await client.GetAsync(new Uri("/fail", UriKind.Relative), Ct);
            }
        }

        using (var client = dashboard.App.CreateHttpClient("front", "http"))
        {
            await client.GetAsync(new Uri("/other/fail", UriKind.Relative), Ct);
        }

        var back = page.Locator("[data-resource=back]");
        await Expect(back.GetByText("Running · Healthy")).ToBeVisibleAsync();
        await Expect(back.GetByText("2/2")).ToBeVisibleAsync();
        await Expect(page.GetByText(AlertCount())).ToBeVisibleAsync();
        await Keep("resources");

        // The environment is there, its secrets are not.
        await back.GetByRole(AriaRole.Link, new() { Name = "back", Exact = true }).ClickAsync();
        await page.GetByText(EnvironmentTitle()).ClickAsync();
        await Expect(page.GetByText("secret, never shown").First).ToBeVisibleAsync();
        Assert.DoesNotContain("never-shown", await page.ContentAsync(), StringComparison.Ordinal);
        await Keep("details");

        // From the badge to the trace to the exception.
        await back.GetByRole(AriaRole.Link, new() { NameRegex = FailedSpans() }).ClickAsync();
        await Keep("traces");
        await page.Locator("[data-trace]").Filter(new() { HasText = "front" }).Locator("a").First.ClickAsync();
        await Expect(page.Locator(".waterfall li")).Not.ToHaveCountAsync(1);
        await Expect(page.Locator("aside .exception h3").First).ToHaveTextAsync("Exception: System.InvalidOperationException");
        await Expect(page.Locator("aside .exception p").First).ToHaveTextAsync("The sample <b>failed</b>.");
        await Keep("trace");

        await page.GotoAsync(dashboard.Address("/logs?severity=17"));
        await Expect(page.Locator("tr.error").First).ToBeVisibleAsync();
        await Keep("logs");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_command_asks_first_and_says_how_it_ended()
    {
        var back = page.Locator("[data-resource=back]");
        await back.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await back.GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Restart" }).ClickAsync();
        await Expect(page.Locator(".toast.good")).ToHaveTextAsync(new Regex("back: Running"), new() { Timeout = (float)BrowsedDashboard.Patience.TotalMilliseconds });
        await Expect(back.Locator("[data-label=Restarts]")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Telemetry_that_is_lost_is_an_alert()
    {
        // Spans, of which the one in it (1: trace, 2: span) has no time, so that it is older than anything that is kept.
        byte[] request = [0x0a, 32, 0x12, 30, 0x12, 28, 0x0a, 16, .. new byte[16], 0x12, 8, .. new byte[8]];
        using var client = new HttpClient(new SocketsHttpHandler());
        using var body = new ByteArrayContent(request) { Headers = { { "Content-Type", "application/x-protobuf" } } };
        body.Headers.Add("x-otlp-api-key", dashboard.Setting("AppHost:OtlpApiKey"));
        Assert.True((await client.PostAsync(new Uri($"{dashboard.Setting("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL")}/v1/traces"), body, Ct)).IsSuccessStatusCode);

        await page.ReloadAsync();
        await page.GetByText(AlertCount()).ClickAsync();
        await Expect(page.Locator("#alerts li").Filter(new() { HasText = "Telemetry was lost" })).ToHaveTextAsync(new Regex("0 could not be stored in time, 1 were sent wrongly"));
        await Keep("alerts");
    }

    [Fact]
    public async Task Every_page_works_narrow_in_the_dark_and_in_Chinese()
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(360, 740);
        await page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        foreach (var (name, title) in (IEnumerable<(string, string)>)[("resources", "资源"), ("console", "控制台"), ("logs", "结构化日志"), ("traces", "链路追踪"), ("metrics", "指标")])
        {
            await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = title }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 })).ToBeVisibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"), $"{name} is wider than the window.");
            await Keep($"narrow-{name}");
        }

        Assert.Empty(errors);
    }

    [Fact]
    public async Task Console_and_metrics_show_what_a_service_does()
    {
        await page.GotoAsync(dashboard.Address("/console/back"));
        await Expect(page.GetByText("Application started").First).ToBeVisibleAsync();
        await page.GetByLabel("Search").FillAsync("Now listening");
        await Expect(page.GetByText("Application started").First).ToBeHiddenAsync();
        await Expect(page.GetByText("Now listening on").First).ToBeVisibleAsync();
        await Keep("console");

        using var client = dashboard.App.CreateHttpClient("back", "http");
        await page.GetByRole(AriaRole.Link, new() { Name = "Metrics" }).ClickAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Instruments" }).GetByText("back", new() { Exact = true }).ClickAsync();
        await page.GetByText("Microsoft.AspNetCore.Hosting", new() { Exact = true }).First.ClickAsync();
        await page.GetByText("http.server.request.duration").First.ClickAsync();
        // Two measurements make the first point.
        using var limit = new CancellationTokenSource(BrowsedDashboard.Patience);
        while (await page.Locator(".chart canvas").CountAsync() == 0)
        {
            await client.GetAsync(new Uri("/pid", UriKind.Relative), limit.Token);
            await Task.Delay(200, limit.Token);
        }

        await Expect(page.GetByText("Values", new() { Exact = true })).ToBeVisibleAsync();
        await Keep("metrics");
    }

    private Task Keep(string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../screenshots", $"{name}.png") });

    [GeneratedRegex(@"^Environment \(")]
    private static partial Regex EnvironmentTitle();

    [GeneratedRegex("failed spans")]
    private static partial Regex FailedSpans();

    [GeneratedRegex(@"^Alerts \d")]
    private static partial Regex AlertCount();
}

/// <summary>Two services, their dashboard and a browser.</summary>
public sealed class BrowsedDashboard : IAsyncLifetime
{
    private readonly TaskCompletionSource<string> login = new();
    private readonly IDistributedApplicationTestingBuilder builder;
    private IPlaywright playwright = null!;

    public BrowsedDashboard()
    {
        builder = DistributedApplicationTestingBuilder.Create(["--Dashboard:Port=0"], (options, _) => options.DisableDashboard = false);
        builder.Services.AddLogging(logging => logging.AddProvider(new LoginLine(login)));
        var back = builder.AddSample("back").WithReplicas(2).WithEnvironment("SAMPLE_PASSWORD", "never-shown");
        builder.AddSample("front").WithEnvironment("SAMPLE_OTHER", back.GetEndpoint("http")).WaitFor(back);
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(40);

    public DistributedApplication App { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>As the AppHost tells it.</summary>
    public string LoginUrl { get; private set; } = "";

    /// <summary>As the AppHost has it.</summary>
    public string? Setting(string name) => builder.Configuration[name];

    public string Address(string page) => new Uri(new Uri(LoginUrl), page).ToString();

    public async ValueTask InitializeAsync()
    {
        App = await builder.BuildAsync(TestContext.Current.CancellationToken);
        await App.StartAsync(TestContext.Current.CancellationToken);
        await App.ResourceNotifications.WaitForResourceHealthyAsync("front", TestContext.Current.CancellationToken).WaitAsync(Patience);
        LoginUrl = await login.Task;
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await App.DisposeAsync();
        await builder.DisposeAsync();
    }
}
