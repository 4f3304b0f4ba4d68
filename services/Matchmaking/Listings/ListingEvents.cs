namespace Expo.Matchmaking.Listings;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a need or an offer.</summary>
public abstract record ListingEvent;

/// <summary>An organisation wrote it down.</summary>
public sealed record ListingDrafted(Guid ListingId, Guid OrganisationId, ListingForm Form) : ListingEvent;

/// <summary>Its organisation changed it.</summary>
public sealed record ListingChanged(Guid ListingId, ListingForm Form) : ListingEvent;

/// <summary>Its organisation wants it published.</summary>
public sealed record ListingSubmitted(Guid ListingId) : ListingEvent;

/// <summary>Everybody can see it.</summary>
public sealed record ListingPublished(Guid ListingId, Guid OrganisationId, ListingKind Kind, Direction Direction) : ListingEvent;

/// <summary>Its organisation accepted somebody's interest; each accepted one is a match.</summary>
public sealed record ListingMatched(Guid ListingId, Guid InterestId, Guid PartnerId) : ListingEvent;

/// <summary>Its organisation closed it; what hangs on it ends too.</summary>
public sealed record ListingClosed(Guid ListingId, ClosureReason Reason) : ListingEvent;
