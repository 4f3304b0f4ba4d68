using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.ServiceDefaults;
using static Expo.Exhibition.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Exhibition.Tests.FloorPlans;

public sealed class ImportFloorPlanSpecs
{
    private static readonly Layout Small = Plan(Booth("A12"), Booth("A13"));

    private static Guid B(string number) => BoothId.Of(Edition, "1", number);

    private static FloorPlanImported Imported(int version, Layout layout, Guid[] planned, Guid[] struckOff) =>
        new(FloorPlan.IdOf(Edition), Edition, version, layout, LayoutRules.FingerprintOf(layout), planned, struckOff);

    private static ImportFloorPlan Import(Layout layout, params string[] inUse) => new(Edition, layout, inUse);

    [Fact]
    [Requirement("X-12", "X-01", "E-13")]
    public void The_first_import_plans_every_booth() =>
        Given<FloorPlan>()
            .When(Import(Small).Decide, at: Noon)
            .Then(Imported(1, Small, [B("A12"), B("A13")], []))
            .AndAgainNothing();

    [Fact]
    [Requirement("X-12")]
    public void The_next_version_plans_what_is_new_or_other_and_strikes_what_is_gone()
    {
        var next = Plan(Booth("A12", area: 36), Booth("A14"));
        Given<FloorPlan>(Imported(1, Small, [], []))
            .When(Import(next).Decide, at: Noon)
            .Then(Imported(2, next, [B("A12"), B("A14")], [B("A13")]))
            .AndAgainNothing();
    }

    [Fact]
    public void A_booth_drawn_elsewhere_is_a_new_version_but_the_same_booth()
    {
        var moved = Plan(Booth("A12") with { Polygon = [[1, 1], [2, 1], [2, 2]] }, Booth("A13"));
        Given<FloorPlan>(Imported(1, Small, [], [])).When(Import(moved).Decide, at: Noon).Then(Imported(2, moved, [], []));
    }

    [Fact]
    [Requirement("X-12")]
    public void A_booth_in_use_cannot_vanish() =>
        Given<FloorPlan>(Imported(1, Small, [], [])).When(Import(Plan(Booth("A12")), "1/A13").Decide, at: Noon).ThenRefused("floor_plan.booth_in_use");

    [Fact]
    [Requirement("X-12", "E-13")]
    public void A_number_may_occur_in_two_halls_but_once_in_each()
    {
        var twice = Plan(Booth("A12"), Booth("A12"));
        Given<FloorPlan>().When(Import(twice).Decide, at: Noon).ThenRefused("floor_plan.booth_repeated");
        Assert.Null(LayoutRules.Check(Plan(Booth("A12"), Booth("A12", hall: "2"))));
    }

    [Fact]
    [Requirement("X-01")]
    public void A_code_may_occur_once_in_the_whole_tree()
    {
        var twice = Small with { Pavilions = [.. Small.Pavilions, new Pavilion("gba", new("重复"), [])] };
        Given<FloorPlan>().When(Import(twice).Decide, at: Noon).ThenRefused("floor_plan.code_repeated");
    }

    [Theory]
    [InlineData("nowhere", null)]
    [InlineData("regional", "nowhere")]
    [InlineData("comprehensive", null)]
    [InlineData("returnee", "gba")]
    [Requirement("X-01")]
    public void A_booth_must_stand_in_a_zone_of_the_plan(string zone, string? section) =>
        Given<FloorPlan>().When(Import(Plan(Booth("A12", zone: zone, section: section))).Decide, at: Noon).ThenRefused("floor_plan.zone_unknown");

    [Fact]
    public void A_pavilion_without_zones_is_a_zone_itself() => Assert.Null(LayoutRules.Check(Plan(Booth("A12", zone: "returnee", section: null))));

    [Fact]
    [Requirement("X-12")]
    public void A_corner_is_two_numbers() =>
        Given<FloorPlan>()
            .When(Import(Plan(Booth("A12") with { Polygon = [[0, 0], [1, 0], [1]] })).Decide, at: Noon)
            .ThenRefused("floor_plan.polygon_invalid");
}
