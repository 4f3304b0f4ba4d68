using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel.Http;
using Expo.ServiceDefaults;
using Expo.TestKit;
using static Expo.Exhibition.Tests.Fair;
using static Expo.Exhibition.Tests.Samples;
using static System.Net.HttpStatusCode;

namespace Expo.Exhibition.Tests.FloorPlans;

[Trait("needs", "postgres")]
public sealed class FloorPlanApiTests(SharedFair shared)
{
    private readonly Fair fair = shared.Fair;
    private readonly HttpClient visitor = shared.Fair.App.Client();

    [Fact]
    [Requirement("X-12", "X-01")]
    public async Task Each_import_is_a_version_and_the_same_one_again_is_none()
    {
        var edition = await fair.Edition("A1", "A2");
        var first = (await visitor.Get($"{Root(edition)}/floor-plan")).Is(OK);
        Assert.Equal(1, first.Version);

        Assert.Equal(1, (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A1"), Booth("A2")))).Is(NoContent).Version);
        Assert.Equal(2, (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2", area: 36), Booth("A3")))).Is(NoContent).Version);

        Assert.Equal(2, (await visitor.Get($"{Root(edition)}/floor-plan")).Read<PublishedPlan>().Version);
        var old = (await visitor.Get($"{Root(edition)}/floor-plan/versions/1")).Is(OK).Read<PublishedPlan>();
        Assert.Equal(["A1", "A2"], old.Booths.Select(booth => booth.Number));
        (await visitor.Get($"{Root(edition)}/floor-plan/versions/3")).IsRefused(NotFound, "floor_plan.unknown");
    }

    [Fact]
    [Requirement("X-12")]
    public async Task Booths_follow_the_plan()
    {
        var edition = await fair.Edition("A1", "A2");
        (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2", area: 36), Booth("A3")))).Is(NoContent);

        // Each booth follows on its own.
        await Eventually.Is(async () => await Numbers(edition), numbers => numbers is "A2 A3");
        await Eventually.Is(async () => (await visitor.Get(BoothAt(edition, "A2"))).Json.GetProperty("areaM2").GetDecimal(), area => area == 36);
        (await visitor.Get(BoothAt(edition, "A1"))).IsRefused(NotFound, "booth.unknown");
    }

    [Fact]
    [Requirement("X-12")]
    public async Task A_held_booth_cannot_leave_the_plan()
    {
        var edition = await fair.Edition("A1", "A2");
        (await fair.App.Client(await fair.Exhibitor()).Post($"{BoothAt(edition, "A1")}/reservation")).Is(NoContent);
        (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2")))).IsRefused(Conflict, "floor_plan.booth_in_use");
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        var edition = await fair.Edition("A1");
        (await fair.Officer.Put($"{Root(edition)}/floor-plan", Plan(Booth("A2")), ifMatch: 7)).IsRefused(PreconditionFailed, "version.stale");
    }

    [Fact]
    public async Task Only_the_committee_imports_a_plan()
    {
        var edition = await fair.Edition();
        (await visitor.Put($"{Root(edition)}/floor-plan", Plan(Booth("A1")))).Is(Unauthorized);
        (await fair.App.Client(await fair.Exhibitor()).Put($"{Root(edition)}/floor-plan", Plan(Booth("A1")))).Is(Forbidden);
        (await visitor.Get($"{Root(edition)}/floor-plan")).IsRefused(NotFound, "floor_plan.unknown");
    }

    [Fact]
    public async Task The_history_says_who_imported_what()
    {
        var edition = await fair.Edition("A1");
        var id = FloorPlan.IdOf(edition);
        var entry = Assert.Single((await fair.Officer.Get($"{Root(edition)}/floor-plan/{id}/history")).Is(OK).Json.GetProperty("items").EnumerateArray());
        Assert.Equal("floor_plan_imported", entry.GetProperty("event").GetString());
        Assert.Equal(edition, entry.GetProperty("edition").GetString());
        (await visitor.Get($"{Root(edition)}/floor-plan/{id}/history")).Is(Unauthorized);
    }

    private async Task<string> Numbers(string edition) => string.Join(
        ' ', (await visitor.Get($"{Root(edition)}/booths")).Read<Page<ListedBooth>>().Items.Select(booth => booth.Number));
}
