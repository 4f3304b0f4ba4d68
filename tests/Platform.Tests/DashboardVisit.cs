using Expo.Aspire.Hosting.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expo.Platform.Tests;

/// <summary>Somebody in front of the dashboard: all they have is the login address that the console tells; what they see is kept under <c>artifacts/screenshots</c>.</summary>
internal sealed class DashboardVisit(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly List<string> errors = [];

    public IPage Page => page;

    /// <summary>What stands beside a list: the details of one thing.</summary>
    public ILocator Details => page.GetByRole(AriaRole.Complementary);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public static async Task<DashboardVisit> Begin(RunningPlatform platform)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 860 }, ColorScheme = ColorScheme.Light, Locale = "en" });
        var visit = new DashboardVisit(playwright, browser, page);
        page.Console += (_, message) => visit.errors.AddRange(message.Type == "error" ? [message.Text] : (string[])[]);
        page.PageError += (_, error) => visit.errors.Add(error);
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        await page.GotoAsync(await platform.DashboardLogin);
        return visit;
    }

    /// <summary>Goes to a page by its name at the top.</summary>
    public async Task Open(string name)
    {
        await page.GetByRole(AriaRole.Navigation).First.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }

    /// <summary>Says why, and does what is asked about.</summary>
    public async Task Confirm(string why, string what)
    {
        await Dialog.GetByLabel("Why?").FillAsync(why);
        await Dialog.GetByRole(AriaRole.Button, new() { Name = what, Exact = true }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
    }

    public Task Keep(string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../screenshots", $"{name}.png") });

    /// <summary>Nothing that they did not see went wrong either.</summary>
    public void EndsWithoutErrors() => Assert.Empty(errors);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
