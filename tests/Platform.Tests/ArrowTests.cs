using System.Net;
using System.Text.Json;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>Each message of the map reaches each of its consumers, on the real broker.</summary>
[Trait("needs", "platform")]
public sealed class ArrowTests(RunningPlatform platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_announced_edition_is_known_everywhere()
    {
        var edition = (await platform.Story()).Edition;
        using var committee = await platform.Committee();
        foreach (var service in RunningPlatform.Listeners)
        {
            var known = await Eventually.Is(() => Known(service, edition), known => known is not null, Patience, $"{service} to know {edition}");
            await Because(committee, $"/api/{service}/v1/editions/{known!.Value.GetProperty("id").GetGuid()}", "edition_heard", "EditionAnnounced");
        }
    }

    [Fact]
    public async Task A_moved_deadline_is_known_everywhere()
    {
        var edition = (await platform.Story()).Edition;
        var deadline = (await Known("exhibition", edition))!.Value.GetProperty("deadlines").EnumerateArray().First(d => d.GetProperty("kind").GetString() == "soft");
        var (code, moved) = (deadline.GetProperty("code").GetString()!, DateOnly.Parse(deadline.GetProperty("date").GetString()!, null).AddDays(1));

        (await (await platform.Committee()).Put($"/api/registration/v1/editions/{edition}/deadlines/{code}", new { date = moved, reason = "a test moves it" })).Is(HttpStatusCode.NoContent);

        foreach (var service in RunningPlatform.Listeners)
        {
            await Eventually.Is(() => Known(service, edition), known => known!.Value.GetProperty("deadlines").EnumerateArray()
                .Any(d => d.GetProperty("code").GetString() == code && d.GetProperty("date").GetString() == moved.ToString("yyyy-MM-dd")), Patience, $"{service} to know the moved deadline");
        }
    }

    [Fact]
    public async Task A_verified_organisation_is_known_everywhere()
    {
        var organisation = (await platform.Story()).OrganisationId;
        using var committee = await platform.Committee();
        foreach (var service in RunningPlatform.Listeners)
        {
            await Eventually.Is(
                async () => (await committee.Get($"/api/{service}/v1/organisations?limit=200")).Is(HttpStatusCode.OK).Text,
                text => text.Contains(organisation.ToString(), StringComparison.Ordinal), Patience, $"{service} to know the organisation");
            await Because(committee, $"/api/{service}/v1/organisations/{organisation}", "organisation_heard", "OrganisationVerified");
        }
    }

    [Fact]
    public async Task An_allocated_booth_brings_its_staff_their_passes()
    {
        var story = await platform.Story();
        using var committee = await platform.Committee();
        Assert.Equal(story.People.Count, story.Passes.Distinct().Count());
        foreach (var pass in story.Passes)
            await Because(committee, $"/api/registration/v1/passes/{pass}", "pass_issued", "BoothAllocated");
    }

    /// <summary>The thing's history tells of the event once, and of the message that caused it.</summary>
    private static async Task Because(HttpClient committee, string thing, string @event, string message)
    {
        var history = (await committee.Get($"{thing}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        var entry = Assert.Single(history, entry => entry.GetProperty("event").GetString() == @event);
        Assert.Equal(message, entry.GetProperty("message").GetProperty("name").GetString());
    }

    private async Task<JsonElement?> Known(string service, string edition)
    {
        var editions = (await platform.Gateway().Get($"/api/{service}/v1/editions?limit=200")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray();
        return editions.Cast<JsonElement?>().FirstOrDefault(e => e!.Value.GetProperty("code").GetString() == edition);
    }
}
