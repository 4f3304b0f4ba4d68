using Expo.Forum.RoomDays;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Rooms;

/// <summary>Make this the edition's plan of rooms.</summary>
/// <param name="EditionCode">The edition.</param>
/// <param name="Layout">The whole plan.</param>
/// <param name="InUse">The codes of the rooms that are booked now.</param>
public sealed record ImportRooms(string EditionCode, RoomLayout Layout, IReadOnlySet<string> InUse)
{
    /// <summary>The same plan again changes nothing; a booked room may not vanish.</summary>
    public Decision<RoomPlanEvent> Decide(RoomPlan plan, DateTimeOffset now)
    {
        var venues = Layout.Venues.Select(venue => venue.Code).ToHashSet();
        var rooms = Layout.Rooms.Select(room => room.Code).ToHashSet();
        if (venues.Count < Layout.Venues.Count || rooms.Count < Layout.Rooms.Count)
            return Refusal.Rule("room_plan.code_repeated", "代码重复。", "A code occurs twice.");
        if (Layout.Rooms.FirstOrDefault(room => !venues.Contains(room.Venue)) is { } lost)
        {
            return Refusal.Rule("room_plan.venue_unknown", $"会议室“{lost.Code}”所在的场馆不在方案中。", $"The venue of room {lost.Code} is not in the plan.")
                .With("room", lost.Code);
        }

        if (Layout.Says(plan.Layout))
            return Decision<RoomPlanEvent>.Nothing;
        if (InUse.FirstOrDefault(room => !rooms.Contains(room)) is { } missing)
        {
            return Refusal.Conflict("room_plan.room_in_use", $"会议室“{missing}”已被预定，不能删除。", $"Room {missing} is booked and cannot leave the plan.")
                .With("room", missing);
        }

        return new RoomPlanImported(RoomPlan.IdOf(EditionCode), EditionCode, plan.Version + 1, Layout);
    }
}

internal static class ImportRoomsEndpoint
{
    public static void Map(RouteGroupBuilder rooms) => rooms
        .MapPut("", Handle)
        .Allow(Roles.CommitteeOfficer, Roles.ShenzhenGroup)
        .Fulfils("F-04")
        .WithName(nameof(ImportRooms))
        .WithSummary("Import the plan of rooms; importing again makes the next version");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, RoomLayout body, IfMatch ifMatch, BookedRooms booked, Streams streams, CancellationToken ct)
    {
        var command = new ImportRooms(edition, body, await booked.Codes(edition, ct));
        return await streams.Decide<RoomPlan, RoomPlanEvent>(RoomPlan.IdOf(edition), command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
