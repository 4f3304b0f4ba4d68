namespace Expo.Registration.BoothStaff;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to an exhibitor's booth staff in one edition.</summary>
public abstract record StaffRosterEvent;

/// <summary>A booth was allocated to the exhibitor; so many passes come with it.</summary>
public sealed record BoothCounted(Guid RosterId, string EditionCode, Guid OrganisationId, Guid ApplicationId, Guid BoothId, int PassPlaces) : StaffRosterEvent;

/// <summary>The exhibitor named one of its people as booth staff.</summary>
public sealed record StaffNamed(Guid RosterId, string EditionCode, Guid OrganisationId, Guid PersonId) : StaffRosterEvent;

/// <summary>A pass place went to one of those named; the pass is issued.</summary>
public sealed record PassPlaceTaken(Guid RosterId, string EditionCode, Guid OrganisationId, Guid PersonId) : StaffRosterEvent;
