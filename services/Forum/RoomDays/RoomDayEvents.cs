using Expo.Kernel.Vocabulary;

namespace Expo.Forum.RoomDays;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a room on one day.</summary>
public abstract record RoomDayEvent;

/// <summary>The Shenzhen group booked the room for a forum; it is held until the fee is paid.</summary>
/// <param name="RoomDayId">The room on that day.</param>
/// <param name="EditionCode">The edition.</param>
/// <param name="Room">The room's code.</param>
/// <param name="BookingId">The new booking.</param>
/// <param name="ProposalId">The forum's proposal.</param>
/// <param name="OrganisationId">Its proposer.</param>
/// <param name="Slot">From when to when.</param>
/// <param name="OverCapacity">Who put more people into it than it seats, and why.</param>
public sealed record RoomBooked(
    Guid RoomDayId, string EditionCode, string Room, Guid BookingId, Guid ProposalId, Guid OrganisationId, Slot Slot, Override? OverCapacity) : RoomDayEvent;

/// <summary>The room's fee is paid; the booking stands.</summary>
public sealed record RoomConfirmed(Guid RoomDayId, Guid BookingId, Guid ProposalId, Money Fee, DateOnly PaidOn, string Reference) : RoomDayEvent;

/// <summary>The booking is over, and its time is free again.</summary>
/// <param name="RoomDayId">The room on that day.</param>
/// <param name="BookingId">The booking.</param>
/// <param name="ProposalId">The forum's proposal.</param>
/// <param name="Reason"><c>given_back</c>, <c>proposal_withdrawn</c>, or why the proposal could not take the room.</param>
public sealed record RoomReleased(Guid RoomDayId, Guid BookingId, Guid ProposalId, string Reason) : RoomDayEvent;
