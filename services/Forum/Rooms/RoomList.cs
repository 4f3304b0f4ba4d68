using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Rooms;

/// <summary>The plan of rooms as everybody may see it.</summary>
/// <param name="Id">The plan, one for each edition.</param>
/// <param name="Edition">The edition.</param>
/// <param name="Version">1 for the first import.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Notice">A sentence for readers that says so.</param>
/// <param name="Venues">The venues.</param>
/// <param name="Rooms">Their rooms.</param>
public sealed record PublishedRooms(
    Guid Id, string Edition, int Version, RoomPlanSource Source, Text Notice, IReadOnlyList<RoomVenue> Venues, IReadOnlyList<PlannedRoom> Rooms)
{
    private static readonly Text Ours = new(
        "会议室、容量和楼层为本平台自拟的示例方案，并非场馆提供。", "These rooms, capacities and floors are a synthetic plan of our own; no venue gave them.");

    private static readonly Text Theirs = new("会议室方案由场馆提供。", "The venue's operator gave this plan of rooms.");

    internal static PublishedRooms Of(RoomPlan plan)
    {
        var source = plan.Layout!.Source!.Value;
        return new(
            plan.Id, plan.EditionCode, plan.Version, source, source == RoomPlanSource.Synthetic ? Ours : Theirs, plan.Layout.Venues, plan.Layout.Rooms);
    }
}

internal static class RoomListEndpoints
{
    public static void Map(RouteGroupBuilder rooms)
    {
        rooms.MapGet("", List).AllowAnonymous().Fulfils("F-04").WithName("ListRooms").WithSummary("The rooms of the edition, and where the plan comes from");
        rooms.MapHistory<RoomPlan>("GetRoomPlanHistory", RoomPlan.Unknown, (_, _) => true).Allow(Roles.CommitteeOfficer, Roles.ShenzhenGroup);
    }

    private static async Task<Results<Ok<PublishedRooms>, ProblemHttpResult>> List(string edition, Streams streams, CancellationToken ct)
    {
        var (plan, _) = await streams.Read<RoomPlan>(RoomPlan.IdOf(edition), ct);
        return (plan is null ? null : PublishedRooms.Of(plan)).OkOr(RoomPlan.Unknown);
    }
}
