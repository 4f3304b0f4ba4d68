using System.Net;
using System.Text.RegularExpressions;
using Expo.Aspire.Hosting.Tests;
using Expo.TestKit;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Expo.Platform.Tests;

/// <summary>Somebody new to it finds in the dashboard why something failed, and puts it right; what they saw is kept under <c>artifacts/screenshots</c>.</summary>
[Trait("needs", "platform")]
public sealed partial class DashboardWalkTests(RunningPlatform platform)
{
    private const string Listener = "matchmaking";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string edition = $"walk_{Guid.CreateVersion7():n}"[..20];

    [Fact]
    public async Task From_the_red_badge_over_the_trace_and_the_exception_to_the_parked_message_that_is_retried_and_gone()
    {
        await Refuse();
        using var committee = await platform.Committee();
        (await committee.Post("/api/registration/v1/editions", new
        {
            code = edition, number = 101, year = 2026, deliveryMode = "hybrid", name = new { zh = "演练", en = "Rehearsal" }, openDays = new[] { "2026-11-28" },
        })).Is(HttpStatusCode.Created);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 860 }, Locale = "en" });
        var errors = new List<string>();
        page.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : (string[])[]);
        page.PageError += (_, error) => errors.Add(error);
        SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);

        // The console's line is all that somebody new has.
        await page.GotoAsync(await platform.DashboardLogin);
        var alert = page.Locator("#alerts li").Filter(new() { HasText = $"{Listener} could not handle a message: EditionAnnounced" });
        await Expect(alert).ToHaveCountAsync(1);
        await page.Locator("#alerts summary").ClickAsync();
        await Expect(alert).ToBeVisibleAsync();
        await Keep(page, "1-badge");
        await page.Keyboard.PressAsync("Escape");

        // Why did it fail?
        await page.Locator($"[data-resource={Listener}]").GetByRole(AriaRole.Link, new() { NameRegex = FailedSpans() }).ClickAsync();
        await page.Locator("[data-trace]").Filter(new() { HasText = Listener }).Filter(new() { HasText = "registration" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("aside .exception h3").First).ToHaveTextAsync("Exception: Npgsql.PostgresException");
        await Expect(page.Locator("aside .exception p").First).ToContainTextAsync("no room for rehearsals");
        await Keep(page, "2-exception");

        // What became of it?
        await page.GetByRole(AriaRole.Link, new() { Name = "open the parked message" }).ClickAsync();
        var message = page.GetByRole(AriaRole.Complementary, new() { Name = "Details" });
        await Expect(message.Locator("[data-status]")).ToHaveTextAsync("Parked");
        await Expect(message).ToContainTextAsync("Npgsql.PostgresException");
        await Expect(message).ToContainTextAsync(edition);
        await Keep(page, "3-parked");

        await Mend();
        await message.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why?").FillAsync("   ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Say why.");
        await dialog.GetByLabel("Why?").FillAsync("the rule that refused rehearsals was taken out");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Only try" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("This would happen: Ask registration for position");
        await Expect(message.Locator("[data-status]")).ToHaveTextAsync("Parked");
        await Keep(page, "4-reason");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        // Gone and green.
        await Expect(message.Locator("[data-status]")).ToHaveTextAsync("Handled");
        await Expect(message.Locator(".state")).ToHaveClassAsync("state good");
        await Expect(page.GetByText("No message is parked.")).ToBeVisibleAsync();
        await Expect(message).ToContainTextAsync("the rule that refused rehearsals was taken out");
        await Expect(alert).ToHaveCountAsync(0);
        await Keep(page, "5-handled");
        Assert.Contains(edition, (await committee.Get($"/api/{Listener}/v1/editions?limit=200")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        // And it is on record.
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Operations log" }).ClickAsync();
        await Expect(page.Locator("[data-operation=retry]").Filter(new() { HasText = "the rule that refused rehearsals was taken out" })).ToHaveCountAsync(2);
        await Keep(page, "6-log");
        Assert.Empty(errors);
    }

    /// <summary>A rule in the listener's own database that nobody here expects.</summary>
    private Task Refuse() => Sql($"""
        create function refuse_rehearsals() returns trigger language plpgsql as $$ begin raise exception 'no room for rehearsals'; end $$;
        create trigger refuse_rehearsals before insert on mt_events for each row
            when (new.type = 'edition_heard' and new.data::text like '%{edition}%') execute function refuse_rehearsals()
        """);

    private Task Mend() => Sql("drop function refuse_rehearsals cascade");

    private async Task Sql(string command)
    {
        await using var connection = new NpgsqlConnection((await platform.Login(Listener, Listener)).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var sql = new NpgsqlCommand(command, connection);
        await sql.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static Task Keep(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../screenshots", $"walk-{name}.png") });

    [GeneratedRegex("failed spans")]
    private static partial Regex FailedSpans();
}
