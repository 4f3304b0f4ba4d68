using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.RoomDays;

/// <summary>What was paid for the room, when, and under which reference of the payment.</summary>
public sealed record ConfirmBookingRequest([Needed] Money Fee, [Needed] DateOnly? PaidOn, [Needed, LengthUpTo(64)] string Reference);

/// <summary>Confirm a booking, since its fee is paid.</summary>
public sealed record ConfirmBooking(Guid BookingId, Money Fee, DateOnly PaidOn, string Reference)
{
    /// <summary>Only what is held; until when the fee is due is for the organisers to say (decision Q8).</summary>
    public Decision<RoomDayEvent> Decide(RoomDay day, DateTimeOffset now) => day.Find(BookingId) switch
    {
        null => RoomDayRefusals.BookingUnknown,
        { Status: BookingStatus.Confirmed } => Decision<RoomDayEvent>.Nothing,
        { Status: BookingStatus.Released } => RoomDayRefusals.Released,
        { } booking => new RoomConfirmed(day.Id, booking.Id, booking.ProposalId, Fee, PaidOn, Reference),
    };
}

internal static class ConfirmBookingEndpoint
{
    public static void Map(RouteGroupBuilder days) => days
        .MapPost("/{room}/{date}/bookings/{bookingId:guid}/confirmation", Handle)
        .Allow(Roles.ShenzhenGroup)
        .Fulfils("F-04")
        .WithName(nameof(ConfirmBooking))
        .WithSummary("Confirm a booking, since its fee is paid");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, string room, DateOnly date, Guid bookingId, ConfirmBookingRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var command = new ConfirmBooking(bookingId, body.Fee, body.PaidOn!.Value, body.Reference);
        return streams.Decide<RoomDay, RoomDayEvent>(RoomDay.IdOf(edition, room, date), command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
