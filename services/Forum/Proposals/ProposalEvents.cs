using Expo.Kernel.Vocabulary;

namespace Expo.Forum.Proposals;

// These names and shapes are what is stored. Add freely; never rename or retype. Nothing personal is ever in them.

/// <summary>Something that happened to a forum proposal.</summary>
public abstract record ProposalEvent;

/// <summary>An organisation began a proposal.</summary>
public sealed record ProposalDrafted(Guid ProposalId, string EditionCode, Guid OrganisationId, ProposalForm Form) : ProposalEvent;

/// <summary>The proposer changed what it had written.</summary>
public sealed record ProposalChanged(Guid ProposalId, ProposalForm Form) : ProposalEvent;

/// <summary>The proposer named a speaker; who that is stands in a personal row.</summary>
public sealed record SpeakerNamed(Guid ProposalId, Guid SpeakerId, SpeechKind Kind, bool Confirmed) : ProposalEvent;

/// <summary>A speaker is no longer on the list.</summary>
public sealed record SpeakerStruckOff(Guid ProposalId, Guid SpeakerId) : ProposalEvent;

/// <summary>The committee lets the proposal in after a soft deadline.</summary>
public sealed record ProposalAdmittedLate(Guid ProposalId, Override SetAside) : ProposalEvent;

/// <summary>The proposal was sent to its working group, for the first time or again.</summary>
public sealed record ProposalSubmitted(Guid ProposalId, string EditionCode, Guid OrganisationId, WorkingGroup WorkingGroup) : ProposalEvent;

/// <summary>The working group began its review.</summary>
public sealed record ProposalReviewStarted(Guid ProposalId) : ProposalEvent;

/// <summary>The content review found nothing against it.</summary>
public sealed record ProposalContentCleared(Guid ProposalId) : ProposalEvent;

/// <summary>The content review sent the proposal back.</summary>
public sealed record ProposalContentReturned(Guid ProposalId, ContentReturnReason Reason, Text? Note) : ProposalEvent;

/// <summary>The working group accepted the proposal.</summary>
public sealed record ProposalAccepted(Guid ProposalId, string EditionCode, Guid OrganisationId, Text? Reason) : ProposalEvent;

/// <summary>The working group sent the proposal back to be changed.</summary>
public sealed record ProposalReturned(Guid ProposalId, Text Reason) : ProposalEvent;

/// <summary>The working group declined the proposal.</summary>
public sealed record ProposalDeclined(Guid ProposalId, string EditionCode, Guid OrganisationId, Text Reason) : ProposalEvent;

/// <summary>The proposer withdrew the proposal; its room is to be released.</summary>
public sealed record ProposalWithdrawn(Guid ProposalId, string EditionCode, Guid OrganisationId, GivenRoom? Room) : ProposalEvent;

/// <summary>The forum has a room.</summary>
public sealed record ProposalRoomGiven(Guid ProposalId, GivenRoom Room) : ProposalEvent;

/// <summary>A room that was booked for the forum is released; the proposal waits for another.</summary>
public sealed record ProposalRoomReleased(Guid ProposalId, Guid BookingId) : ProposalEvent;

/// <summary>A booking of a room, as the proposal knows it.</summary>
public sealed record GivenRoom(Guid RoomDayId, Guid BookingId, string Room, Slot Slot);
