using Expo.Forum.Rooms;
using Expo.Kernel;
using Expo.Kernel.Http;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.RoomDays;

/// <summary>A room's day as the committee and its working groups see it; bookings by time, released ones too.</summary>
public sealed record RoomSchedule(Guid Id, string Room, DateOnly Day, IReadOnlyList<Booking> Bookings)
{
    internal static RoomSchedule Of(RoomDay day) => new(day.Id, day.Room, day.Day, [.. day.Bookings.OrderBy(booking => booking.Slot.From)]);
}

/// <summary>The rooms of an edition that cannot leave its plan now.</summary>
internal sealed class BookedRooms(IQuerySession session)
{
    /// <summary>The codes of rooms with a booking that is not released.</summary>
    public async Task<IReadOnlySet<string>> Codes(string edition, CancellationToken ct)
    {
        var days = await session.QueryAsync<RoomDay>("where d.edition_code = ?", ct, edition);
        return days.Where(day => day.Bookings.Any(booking => booking.Status != BookingStatus.Released)).Select(day => day.Room).ToHashSet();
    }
}

internal static class RoomScheduleEndpoints
{
    private const string Place = "(d.data ->> 'Day') || '/' || (d.data ->> 'Room')";

    public static void Map(RouteGroupBuilder days)
    {
        string[] readers = [Roles.ShenzhenGroup, Roles.BeijingGroup, Roles.CommitteeOfficer];
        days.MapGet("", List).Allow(readers).Fulfils("F-04").WithName("ListRoomDays").WithSummary("The rooms' days with bookings, by day and room");
        days.MapGet("/{room}/{date}", One).Allow(readers).Fulfils("F-04").WithName("GetRoomDay").WithSummary("What a room is booked for on a day");
        days.MapHistory<RoomDay>("GetRoomDayHistory", RoomPlan.RoomUnknown, (_, _) => true).Allow(readers);
    }

    private static async Task<Ok<Page<RoomSchedule>>> List(string edition, Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<RoomDay>(
            $"where d.edition_code = ? and {Place} > ? order by {Place} limit ?", ct, edition, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<RoomSchedule>.Of(rows.Select(RoomSchedule.Of).ToArray(), paging.Limit, day => $"{day.Day:yyyy-MM-dd}/{day.Room}"));
    }

    private static async Task<Results<Ok<RoomSchedule>, ProblemHttpResult>> One(
        string edition, string room, DateOnly date, IQuerySession session, ForumCalendars calendars, Streams streams, CancellationToken ct)
    {
        var plan = await session.LoadAsync<RoomPlan>(RoomPlan.IdOf(edition), ct);
        if (plan?.Room(room) is null)
            return RoomPlan.RoomUnknown.ToProblem();

        var id = RoomDay.IdOf(edition, room, date);
        var (day, _) = await streams.Read<RoomDay>(id, ct);
        if (day is not null)
            return TypedResults.Ok(RoomSchedule.Of(day));
        return (await calendars.Of(edition, ct)).CheckDay(date) is null
            ? TypedResults.Ok(new RoomSchedule(id, room, date, []))
            : RoomDayRefusals.DayUnknown.ToProblem();
    }
}
