using Expo.Kernel;

namespace Expo.Forum.Proposals;

// What the room-days report. A report that comes twice, or late, changes nothing.

/// <summary>A room was booked for the forum.</summary>
public sealed record RecordRoomGiven(GivenRoom Room)
{
    /// <summary>One that cannot take it, since it was withdrawn or has a room, refuses; then the booking is released.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when proposal.Room?.BookingId == Room.BookingId || proposal.ReleasedBookings.Contains(Room.BookingId) => Decision<ProposalEvent>.Nothing,
        { Status: not ProposalStatus.Accepted } => ProposalRefusals.NotAccepted,
        { Room: not null } => ProposalRefusals.HasRoom,
        _ => new ProposalRoomGiven(proposal.Id, Room),
    };
}

/// <summary>A booking of the forum was released.</summary>
public sealed record RecordRoomReleased(Guid BookingId)
{
    /// <summary>Recorded even when the booking itself is not known yet, so that news of it that comes later means nothing.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) =>
        proposal.ReleasedBookings.Contains(BookingId) ? Decision<ProposalEvent>.Nothing : new ProposalRoomReleased(proposal.Id, BookingId);
}
