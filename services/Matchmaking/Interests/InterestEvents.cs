using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Interests;

// These names and shapes are what is stored. Add freely; never rename or retype. What people write to each other is never in them.

/// <summary>Something that happened to an expression of interest.</summary>
public abstract record InterestEvent;

/// <summary>An organisation answered a need or an offer.</summary>
/// <param name="InterestId">The interest.</param>
/// <param name="ListingId">What it answers.</param>
/// <param name="OwnerId">Whose that is.</param>
/// <param name="OrganisationId">Who answers.</param>
/// <param name="CooperationModes">How it would work together.</param>
/// <param name="Offers">What it brings.</param>
/// <param name="MessageId">The message to the owner, kept apart as personal data.</param>
/// <param name="MessageLength">How long that is, in characters.</param>
public sealed record InterestExpressed(
    Guid InterestId, Guid ListingId, Guid OwnerId, Guid OrganisationId, IReadOnlyList<CooperationMode> CooperationModes, IReadOnlyList<ResourceKind> Offers,
    Guid MessageId, int MessageLength) : InterestEvent;

/// <summary>The owner has seen it.</summary>
public sealed record InterestViewed(Guid InterestId) : InterestEvent;

/// <summary>The owner wants to work with the answerer.</summary>
public sealed record InterestAccepted(Guid InterestId, Guid ListingId, Guid OrganisationId) : InterestEvent;

/// <summary>The owner said no.</summary>
public sealed record InterestDeclined(Guid InterestId, DeclineReason Reason) : InterestEvent;

/// <summary>The answerer took it back.</summary>
public sealed record InterestWithdrawn(Guid InterestId) : InterestEvent;

/// <summary>What it answers was closed before anybody decided.</summary>
public sealed record InterestLapsed(Guid InterestId, string Code) : InterestEvent;

/// <summary>Why an interest is declined (ours).</summary>
public enum DeclineReason
{
    /// <summary>It does not fit.</summary>
    NotSuitable,

    /// <summary>Another partner was chosen.</summary>
    OtherPartnerChosen,

    /// <summary>Anything else.</summary>
    Other,
}
