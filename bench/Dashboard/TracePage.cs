using System.Diagnostics;
using Microsoft.Playwright;

namespace Expo.Bench.Dashboard;

/// <summary>How soon a trace can be seen: the answer of the API, and the page in a real browser until it is painted.</summary>
public static class TracePage
{
    private const int Times = 7;

    // Painted: the rows that fit are there, and the frame after the next one has begun.
    private const string Painted = """
        async spans => {
          const there = () => document.querySelector('.waterfall li') && document.querySelector('main').innerText.includes(`${spans} `);
          while (!there()) await new Promise(requestAnimationFrame);
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          return performance.now();
        }
        """;

    /// <summary>Medians in ms: the API's answer; a click in the list; and the page's own address in an empty tab, which loads everything.</summary>
    public static async Task<(double Api, double Click, double Address)> MeasureAsync(DashboardProcess dashboard, string traceId, int spans)
    {
        var api = new List<double>();
        for (var time = 0; time < Times; time++)
        {
            var watch = Stopwatch.StartNew();
            await dashboard.Api.GetByteArrayAsync(new Uri($"/api/telemetry/traces/{traceId}", UriKind.Relative));
            api.Add(watch.Elapsed.TotalMilliseconds);
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, Locale = "en" });
        await page.GotoAsync(dashboard.Login.ToString());
        var (click, address) = (new List<double>(), new List<double>());
        for (var time = 0; time < Times; time++)
        {
            await page.GotoAsync(new Uri(dashboard.Page, $"/traces/{traceId}").ToString(), new() { WaitUntil = WaitUntilState.Commit });
            address.Add(await page.EvaluateAsync<double>(Painted, spans));

            await page.GotoAsync(new Uri(dashboard.Page, "/traces?noise=true&text=OrganisationApproved").ToString());
            await page.Locator($"[data-trace='{traceId}'] a").WaitForAsync();
            var begun = await page.EvaluateAsync<double>("id => { const begun = performance.now(); document.querySelector(`[data-trace='${id}'] a`).click(); return begun; }", traceId);
            click.Add(await page.EvaluateAsync<double>(Painted, spans) - begun);
        }

        return (Median(api), Median(click), Median(address));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Chromium() =>
        ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium: apt-get install chromium.");
}
