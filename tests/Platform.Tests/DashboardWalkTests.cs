using System.Net;
using System.Text.RegularExpressions;
using Expo.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expo.Platform.Tests;

/// <summary>Somebody new to it finds in the dashboard why something failed, and puts it right.</summary>
[Trait("needs", "platform")]
public sealed partial class DashboardWalkTests(RunningPlatform platform)
{
    private const string Listener = "matchmaking";

    [Fact]
    public async Task From_the_red_badge_over_the_trace_and_the_exception_to_the_parked_message_that_is_retried_and_gone()
    {
        await using var edition = await RefusedEdition.Announce(platform, Listener);
        await using var visit = await DashboardVisit.Begin(platform);
        var page = visit.Page;

        var alert = page.Locator("#alerts li").Filter(new() { HasText = $"{Listener} could not handle a message: EditionAnnounced" });
        await Expect(alert).ToHaveCountAsync(1);
        await page.Locator("#alerts summary").ClickAsync();
        await Expect(alert).ToBeVisibleAsync();
        await visit.Keep("walk-1-badge");
        await page.Keyboard.PressAsync("Escape");

        // Why did it fail?
        await page.Locator($"[data-resource={Listener}]").GetByRole(AriaRole.Link, new() { NameRegex = FailedSpans() }).ClickAsync();
        await page.Locator("[data-trace]").Filter(new() { HasText = Listener }).Filter(new() { HasText = "registration" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("aside .exception h3").First).ToHaveTextAsync("Exception: Npgsql.PostgresException");
        await Expect(page.Locator("aside .exception p").First).ToContainTextAsync("no room for rehearsals");
        await visit.Keep("walk-2-exception");

        // What became of it?
        await page.GetByRole(AriaRole.Link, new() { Name = "open the parked message" }).ClickAsync();
        var message = visit.Details;
        await Expect(message.Locator("[data-status]")).ToHaveTextAsync("Parked");
        await Expect(message).ToContainTextAsync("Npgsql.PostgresException");
        await Expect(message).ToContainTextAsync(edition.Code);
        await visit.Keep("walk-3-parked");

        await edition.Mend();
        await message.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        var dialog = visit.Dialog;
        await dialog.GetByLabel("Why?").FillAsync("   ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Say why.");
        await dialog.GetByLabel("Why?").FillAsync("the rule that refused rehearsals was taken out");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Only try" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("This would happen: Ask registration for position");
        await Expect(message.Locator("[data-status]")).ToHaveTextAsync("Parked");
        await visit.Keep("walk-4-reason");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        // Gone and green.
        await Expect(message.Locator("[data-status]")).ToHaveTextAsync("Handled");
        await Expect(message.Locator(".state")).ToHaveClassAsync("state good");
        await Expect(page.GetByText("No message is parked.")).ToBeVisibleAsync();
        await Expect(message).ToContainTextAsync("the rule that refused rehearsals was taken out");
        await Expect(alert).ToHaveCountAsync(0);
        await visit.Keep("walk-5-handled");
        using var committee = await platform.Committee();
        Assert.Contains(edition.Code, (await committee.Get($"/api/{Listener}/v1/editions?limit=200")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        // And it is on record.
        await visit.Open("Operations log");
        await Expect(page.Locator("[data-operation=retry]").Filter(new() { HasText = "the rule that refused rehearsals was taken out" })).ToHaveCountAsync(2);
        await visit.Keep("walk-6-log");
        visit.EndsWithoutErrors();
    }

    [GeneratedRegex("failed spans")]
    private static partial Regex FailedSpans();
}
