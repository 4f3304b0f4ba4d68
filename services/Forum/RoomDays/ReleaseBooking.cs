using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.RoomDays;

/// <summary>Give a booked room back, so that others can have it.</summary>
public sealed record ReleaseBooking(Guid BookingId)
{
    /// <summary>Held or confirmed; a released one is released.</summary>
    public Decision<RoomDayEvent> Decide(RoomDay day, DateTimeOffset now) =>
        day.Find(BookingId) is null ? RoomDayRefusals.BookingUnknown : new EndBooking(BookingId, EndBooking.GivenBack).Decide(day, now);
}

internal static class ReleaseBookingEndpoint
{
    public static void Map(RouteGroupBuilder days) => days
        .MapDelete("/{room}/{date}/bookings/{bookingId:guid}", Handle)
        .Allow(Roles.ShenzhenGroup)
        .Fulfils("F-04")
        .WithName(nameof(ReleaseBooking))
        .WithSummary("Give a booked room back");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, string room, DateOnly date, Guid bookingId, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<RoomDay, RoomDayEvent>(
            RoomDay.IdOf(edition, room, date), new ReleaseBooking(bookingId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
