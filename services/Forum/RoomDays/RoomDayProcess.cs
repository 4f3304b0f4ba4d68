using Expo.Kernel;

namespace Expo.Forum.RoomDays;

/// <summary>End a booking that its forum can no longer use.</summary>
public sealed record EndBooking(Guid BookingId, string Reason)
{
    /// <summary>The reason that stands in the release when the group gave the room back.</summary>
    public const string GivenBack = "given_back";

    /// <summary>One that is over, or was never made, changes nothing.</summary>
    public Decision<RoomDayEvent> Decide(RoomDay day, DateTimeOffset now) =>
        day.Find(BookingId) is { Status: not BookingStatus.Released } booking
            ? new RoomReleased(day.Id, booking.Id, booking.ProposalId, Reason)
            : Decision<RoomDayEvent>.Nothing;
}
