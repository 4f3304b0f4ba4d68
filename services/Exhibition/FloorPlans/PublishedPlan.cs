using Expo.Kernel;
using Expo.Kernel.Http;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.FloorPlans;

/// <summary>A version of the floor plan as everybody may see it.</summary>
public sealed record PublishedPlan(Guid Id, string Edition, int Version, IReadOnlyList<Pavilion> Pavilions, IReadOnlyList<PlannedBooth> Booths);

internal static class PublishedPlanEndpoints
{
    private static readonly Refusal Unknown = Refusal.Unknown("floor_plan.unknown", "没有这份平面图。", "There is no such floor plan.");

    public static void Map(RouteGroupBuilder plan)
    {
        plan.MapGet("", Newest).AllowAnonymous().Fulfils("X-01", "X-12").WithName("GetFloorPlan").WithSummary("The floor plan as it is now");
        plan.MapGet("/versions/{version:int:min(1)}", Version).AllowAnonymous()
            .Fulfils("X-12")
            .WithName("GetFloorPlanVersion").WithSummary("An earlier version of the floor plan");
        plan.MapHistory<FloorPlan>("GetFloorPlanHistory", Unknown, (_, caller) => caller.Is(Roles.CommitteeOfficer)).Allow(Roles.CommitteeOfficer);
    }

    private static async Task<Results<Ok<PublishedPlan>, ProblemHttpResult>> Newest(string edition, Streams streams, CancellationToken ct)
    {
        var (plan, _) = await streams.Read<FloorPlan>(FloorPlan.IdOf(edition), ct);
        return (plan is null ? null : new PublishedPlan(plan.Id, edition, plan.Version, plan.Layout!.Pavilions, plan.Layout.Booths)).OkOr(Unknown);
    }

    // Each import is one event, so that a plan's version is its stream's version.
    private static async Task<Results<Ok<PublishedPlan>, ProblemHttpResult>> Version(string edition, int version, IQuerySession session, CancellationToken ct)
    {
        var events = await session.Events.FetchStreamAsync(FloorPlan.IdOf(edition), version, fromVersion: version, token: ct);
        return events.Select(e => e.Data).OfType<FloorPlanImported>()
            .Select(e => new PublishedPlan(e.FloorPlanId, edition, e.Version, e.Layout.Pavilions, e.Layout.Booths))
            .FirstOrDefault().OkOr(Unknown);
    }
}
