using Expo.Exhibition.FloorPlans;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static Expo.Exhibition.Tests.Samples;

namespace Expo.Exhibition.Tests.FloorPlans;

[Trait("needs", "postgres")]
public sealed class FloorPlanApiTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;
    private readonly HttpClient visitor = shared.Fair.App.Client();

    [Fact]
    public async Task Each_import_is_a_version_and_the_same_one_again_is_none()
    {
        var edition = await fair.Edition("A1", "A2");
        var first = (await visitor.Get($"{Root(edition)}/floor-plan")).Is(HttpStatusCode.OK);
        Assert.Equal(1, first.Version);

        Assert.Equal(1, (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A1"), Booth("A2")))).Is(HttpStatusCode.NoContent).Version);
        Assert.Equal(2, (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2", area: 36), Booth("A3")))).Is(HttpStatusCode.NoContent).Version);

        Assert.Equal(2, (await visitor.Get($"{Root(edition)}/floor-plan")).Read<PublishedPlan>().Version);
        var old = (await visitor.Get($"{Root(edition)}/floor-plan/versions/1")).Is(HttpStatusCode.OK).Read<PublishedPlan>();
        Assert.Equal(["A1", "A2"], old.Booths.Select(booth => booth.Number));
        (await visitor.Get($"{Root(edition)}/floor-plan/versions/3")).IsRefused(HttpStatusCode.NotFound, "floor_plan.unknown");
    }

    [Fact]
    public async Task Booths_follow_the_plan()
    {
        var edition = await fair.Edition("A1", "A2");
        (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2", area: 36), Booth("A3")))).Is(HttpStatusCode.NoContent);

        await Eventually.Is(async () => await Numbers(edition), numbers => numbers is "A2 A3");
        (await visitor.Get(BoothAt(edition, "A1"))).IsRefused(HttpStatusCode.NotFound, "booth.unknown");
        Assert.Equal(36, (await visitor.Get(BoothAt(edition, "A2"))).Json.GetProperty("areaM2").GetDecimal());
    }

    [Fact]
    public async Task A_held_booth_cannot_leave_the_plan()
    {
        var edition = await fair.Edition("A1", "A2");
        (await fair.App.Client(await fair.Exhibitor()).Post($"{BoothAt(edition, "A1")}/reservation")).Is(HttpStatusCode.NoContent);
        (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2")))).IsRefused(HttpStatusCode.Conflict, "floor_plan.booth_in_use");
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var edition = await fair.Edition("A1");
        (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2")), ifMatch: 7)).IsRefused(HttpStatusCode.PreconditionFailed, "version.stale");
    }

    [Fact]
    public async Task Only_the_committee_imports_a_plan()
    {
        var edition = await fair.Edition();
        (await visitor.Put($"{Root(edition)}/floor-plan", Plan(Booth("A1")))).Is(HttpStatusCode.Unauthorized);
        (await fair.App.Client(await fair.Exhibitor()).Put($"{Root(edition)}/floor-plan", Plan(Booth("A1")))).Is(HttpStatusCode.Forbidden);
        (await visitor.Get($"{Root(edition)}/floor-plan")).IsRefused(HttpStatusCode.NotFound, "floor_plan.unknown");
    }

    [Fact]
    public async Task The_history_says_who_imported_what()
    {
        var edition = await fair.Edition("A1");
        var id = FloorPlan.IdOf(edition);
        var entry = Assert.Single((await fair.Officer.Get($"{Root(edition)}/floor-plan/{id}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("floor_plan_imported", entry.GetProperty("event").GetString());
        Assert.Equal(edition, entry.GetProperty("edition").GetString());
        (await visitor.Get($"{Root(edition)}/floor-plan/{id}/history")).Is(HttpStatusCode.Unauthorized);
    }

    private async Task<string> Numbers(string edition) => string.Join(
        ' ', (await visitor.Get($"{Root(edition)}/booths")).Json.GetProperty("items").EnumerateArray().Select(booth => booth.GetProperty("number").GetString()));
}
