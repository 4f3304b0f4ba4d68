using Expo.Exhibition.Booths;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.FloorPlans;

/// <summary>Make this layout the edition's plan. The booths follow one by one.</summary>
/// <param name="EditionCode">The edition.</param>
/// <param name="Layout">The whole plan.</param>
/// <param name="InUse">Booths of the edition that are held or allocated now, as <c>hall/number</c>.</param>
public sealed record ImportFloorPlan(string EditionCode, Layout Layout, IReadOnlyList<string> InUse)
{
    /// <summary>The same layout again changes nothing; a booth in use may not vanish.</summary>
    public Decision<FloorPlanEvent> Decide(FloorPlan plan, DateTimeOffset now)
    {
        if (LayoutRules.Check(Layout) is { } wrong)
            return wrong;

        var fingerprint = LayoutRules.FingerprintOf(Layout);
        if (fingerprint == plan.Fingerprint)
            return Decision<FloorPlanEvent>.Nothing;

        var after = Layout.Booths.ToDictionary(LayoutRules.Place);
        if (InUse.FirstOrDefault(place => !after.ContainsKey(place)) is { } missing)
        {
            return Refusal.Conflict(
                "floor_plan.booth_in_use",
                $"展位“{missing}”已被占用，不能从平面图中删除。", $"Booth {missing} is held or allocated and cannot leave the plan.")
                .With("booth", missing);
        }

        var before = (plan.Layout?.Booths ?? []).ToDictionary(LayoutRules.Place);
        return new FloorPlanImported(
            FloorPlan.IdOf(EditionCode), EditionCode, plan.Version + 1, Layout, fingerprint,
            Planned: Ids(after.Where(booth => !before.TryGetValue(booth.Key, out var old) || IsOther(old, booth.Value)).Select(booth => booth.Value)),
            StruckOff: Ids(before.Where(booth => !after.ContainsKey(booth.Key)).Select(booth => booth.Value)));
    }

    private Guid[] Ids(IEnumerable<PlannedBooth> booths) => booths.Select(booth => BoothId.Of(EditionCode, booth.Hall, booth.Number)).ToArray();

    // How a booth is drawn is the plan's business alone.
    private static bool IsOther(PlannedBooth one, PlannedBooth other) => one with { Polygon = other.Polygon } != other;
}

internal static class ImportFloorPlanEndpoint
{
    public static void Map(RouteGroupBuilder plan) => plan
        .MapPut("", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("X-01", "X-02", "X-12", "E-13")
        .WithName(nameof(ImportFloorPlan))
        .WithSummary("Import the floor plan; importing again makes the next version");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Layout body, IfMatch ifMatch, BoothsInUse inUse, Streams streams, CancellationToken ct)
    {
        var command = new ImportFloorPlan(edition, body, await inUse.Places(edition, ct));
        return await streams.Decide<FloorPlan, FloorPlanEvent>(FloorPlan.IdOf(edition), command.Decide, new With { IfMatch = ifMatch }, ct)
            .NoContentOrProblem();
    }
}
