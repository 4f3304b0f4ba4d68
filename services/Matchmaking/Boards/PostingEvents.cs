namespace Expo.Matchmaking.Boards;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a need on a board.</summary>
public abstract record PostingEvent;

/// <summary>An officer selected the need for the board, from when until when (both days included) and at which rank.</summary>
public sealed record PostingNominated(
    Guid PostingId, Guid NominationId, string EditionCode, string BoardCode, Guid ListingId, Guid OrganisationId, DateOnly From, DateOnly Until, int Rank)
    : PostingEvent;

/// <summary>The need is on the board.</summary>
public sealed record PostingPosted(Guid PostingId, Guid NominationId) : PostingEvent;

/// <summary>The need is no longer on the board, or did not get there.</summary>
/// <param name="PostingId">The posting.</param>
/// <param name="NominationId">The nomination that ended.</param>
/// <param name="Reason"><c>period_over</c>, <c>listing_closed</c> or <c>taken_down</c>.</param>
/// <param name="Note">What the officer said who took it down.</param>
public sealed record PostingTakenDown(Guid PostingId, Guid NominationId, string Reason, string? Note) : PostingEvent;
