using System.Net;
using Expo.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Expo.Platform.Tests;

/// <summary>What operators see of the running platform in the dashboard and do there, from its pages and from a resource's commands.</summary>
[Trait("needs", "platform")]
public sealed class DashboardPagesTests(RunningPlatform platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task The_map_shows_who_hears_whom_and_a_relay_that_is_paused_until_it_is_resumed()
    {
        await platform.Story();
        await using var visit = await DashboardVisit.Begin(platform);
        await visit.Open("Message flow");
        foreach (var listener in RunningPlatform.Listeners)
            await Expect(visit.Page.Locator($".graph [data-edge='registration {listener}']")).ToHaveTextAsync("✓");
        await Expect(visit.Page.Locator("[data-arrow='exhibition registration']")).ToContainTextAsync("BoothAllocated");
        await Expect(visit.Page.Locator("[data-arrow]")).ToHaveCountAsync(5);
        var colours = await visit.Page.Locator("[data-relay] .who").EvaluateAllAsync<string[]>("all => all.map(one => getComputedStyle(one).color)");
        Assert.Equal(RunningPlatform.Services.Count, colours.Distinct().Count());

        var relay = visit.Page.Locator("[data-relay=exhibition]");
        try
        {
            await relay.GetByRole(AriaRole.Button, new() { Name = "Pause the relay" }).ClickAsync();
            await visit.Confirm("a rehearsal", "Pause the relay");
            await Expect(relay).ToContainTextAsync("a rehearsal");
            await Expect(visit.Page.Locator(".graph [data-node=exhibition]")).ToContainTextAsync("paused");
            await Expect(visit.Page.Locator(".graph [data-edge='exhibition registration']")).ToHaveTextAsync("paused");
            await visit.Keep("flow");
        }
        finally
        {
            Assert.True((await platform.Command("exhibition", "resume-relay")).Success);
        }

        await Expect(relay).ToContainTextAsync("Telling");
        await visit.Open("Operations log");
        await Expect(visit.Page.Locator("[data-operation=resume]").First).ToContainTextAsync("command of the dashboard");
        visit.EndsWithoutErrors();
    }

    [Fact]
    public async Task A_projection_is_built_again_by_somebody_with_a_reason_and_its_end_is_shown()
    {
        var (userName, password) = await platform.Account("operator");
        await using var visit = await DashboardVisit.Begin(platform);
        await visit.Open("Projections");
        var first = visit.Page.Locator("[data-service=registration] [data-projection]").Filter(new() { Has = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Rebuild" }) }).First;
        await first.GetByRole(AriaRole.Button, new() { Name = "Rebuild" }).ClickAsync();
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "Sign in as yourself" }).ClickAsync();
        var entry = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in as yourself" });
        await entry.GetByLabel("User name").FillAsync(userName);
        await entry.GetByLabel("Password").FillAsync(password);
        await visit.Keep("sign-in");
        await entry.GetByRole(AriaRole.Button, new() { Name = "Sign in as yourself" }).ClickAsync();
        await Expect(entry).ToHaveCountAsync(0);
        await Expect(visit.Dialog).ToContainTextAsync($"You act as {userName}.");
        await visit.Keep("acts-as");
        await visit.Confirm("a rehearsal of one's own", "Rebuild");
        await Expect(first).ToContainTextAsync("Done");
        await visit.Keep("projections");
        await visit.Open("Operations log");
        await Expect(visit.Page.Locator("[data-operation=rebuild]").Filter(new() { HasText = "a rehearsal of one's own" })).ToContainTextAsync(userName);
        await visit.Keep("operations-log");
        visit.EndsWithoutErrors();
    }

    [Fact]
    public async Task An_event_that_stops_a_relay_is_shown_and_passed_over_with_a_reason()
    {
        const string Service = "registration";
        var edition = $"poison_{Guid.CreateVersion7():n}"[..20];
        const string Operations = $"/api/{Service}/v1/operations";
        using var operations = await platform.Operations();
        var before = (await operations.Get($"{Operations}/lag")).Is(HttpStatusCode.OK).Json.GetProperty("relay").GetProperty("position").GetInt64();
        await platform.Announce(edition);
        var announced = $"where type = 'edition_announced' and data::text like '%{edition}%'";
        Assert.Equal(1, await platform.Sql(Service, $"update mt_events set data = jsonb_set(data, '{{Number}}', '\"none\"') {announced}"));
        try
        {
            (await operations.Post($"{Operations}/checkpoints", new { shard = "Relay:All", position = before, why = "a rehearsal" })).Is(HttpStatusCode.OK);
            await using var visit = await DashboardVisit.Begin(platform);
            await visit.Open("Message flow");
            await Expect(visit.Page.Locator($".graph [data-node={Service}]")).ToContainTextAsync("cannot go on");
            await visit.Page.Locator($"[data-relay={Service}]").GetByRole(AriaRole.Link, new() { Name = "Cannot go on" }).ClickAsync();

            var relay = visit.Page.Locator($"[data-service={Service}] [data-projection='Relay:All']");
            await Expect(relay).ToContainTextAsync("edition_announced");
            await visit.Keep("projections-stopped");
            await relay.GetByRole(AriaRole.Button, new() { Name = "Skip event" }).ClickAsync();
            await visit.Confirm("nobody can read it", "Skip");
            await Expect(relay).ToContainTextAsync("Running");
            await Expect(relay).Not.ToContainTextAsync("edition_announced");
            await visit.Open("Operations log");
            await Expect(visit.Page.Locator("[data-operation=skip_event]").First).ToContainTextAsync("nobody can read it");
            visit.EndsWithoutErrors();
        }
        finally
        {
            await platform.Sql(Service, $"update mt_events set data = jsonb_set(data, '{{Number}}', '101') {announced}");
        }
    }

    [Fact]
    public async Task The_pages_work_narrow_in_the_dark_and_in_Chinese()
    {
        await using var edition = await RefusedEdition.Announce(platform, "forum");
        await using var visit = await DashboardVisit.Begin(platform);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visit.Page.SetViewportSizeAsync(360, 740);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await See("消息流", "flow");
        await See("投影", "projections");
        await See("搁置消息", "parked");
        await visit.Page.Locator("[data-parked] a").First.ClickAsync();
        await visit.Details.GetByRole(AriaRole.Button, new() { Name = "跳过" }).ClickAsync();
        await visit.Dialog.GetByLabel("原因").FillAsync("演练");
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "仅试运行" }).ClickAsync();
        await Expect(visit.Dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("将会发生：跳过位置");
        await visit.Keep("narrow-skip");
        await visit.Dialog.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await visit.Details.GetByRole(AriaRole.Link, new() { Name = "关闭" }).ClickAsync();
        await See("操作记录", "operations");
        visit.EndsWithoutErrors();

        async Task See(string title, string name)
        {
            await visit.Open(title);
            await Expect(visit.Page.Locator("#page .cards").First).ToBeVisibleAsync();
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"), $"{name} is wider than the window.");
            await visit.Keep($"narrow-{name}");
        }
    }

    [Fact]
    public async Task Commands_of_a_resource_do_their_work_and_say_why_they_could_not()
    {
        // It ends with what "retry-parked" is for.
        await using (await RefusedEdition.Announce(platform, "recruitment"))
        {
            using var operations = await platform.Operations();
            await Eventually.Is(() => RunningPlatform.Parked(operations, "recruitment"), parked => parked == 1, Patience);
        }

        Assert.True((await platform.Command("recruitment", "rebuild-projections")).Success);

        Assert.True((await platform.Command("forum", "pause-relay")).Success);
        try
        {
            var again = await platform.Command("forum", "pause-relay");
            Assert.Equal((false, "The relay is paused already."), (again.Success, again.ErrorMessage));
        }
        finally
        {
            Assert.True((await platform.Command("forum", "resume-relay")).Success);
        }
    }
}
