using Expo.Exhibition.FloorPlans;
using Expo.Kernel.Vocabulary;

namespace Expo.Exhibition.Booths;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a booth.</summary>
public abstract record BoothEvent;

/// <summary>The booth is on the floor plan, new or other than before.</summary>
public sealed record BoothPlanned(
    Guid BoothId, string EditionCode, int PlanVersion, string Hall, string Number, string Zone, string? Section, decimal AreaM2, BoothKind Kind,
    DeliveryMode DeliveryMode) : BoothEvent;

/// <summary>The booth is no longer on the plan; one in use stays until it is released.</summary>
public sealed record BoothStruckOff(Guid BoothId, int PlanVersion, bool InUse) : BoothEvent;

/// <summary>An exhibitor reserved the booth for a short while; it takes one of the few places it has for that.</summary>
public sealed record BoothReserved(Guid BoothId, string EditionCode, Guid HoldId, Guid OrganisationId, int Slot, DateTimeOffset HeldUntil) : BoothEvent;

/// <summary>The booth is held for a confirmed application until its fee is due; the applicant's own reservation goes over into it.</summary>
public sealed record BoothHeldForApplication(
    Guid BoothId, string EditionCode, Guid HoldId, Guid OrganisationId, Guid ApplicationId, int? SlotGivenUp, DateTimeOffset HeldUntil) : BoothEvent;

/// <summary>Nobody holds the booth any more.</summary>
/// <param name="BoothId">The booth.</param>
/// <param name="EditionCode">The edition.</param>
/// <param name="HoldId">The hold that ended.</param>
/// <param name="OrganisationId">Who held it.</param>
/// <param name="ApplicationId">The application it was held for, if for one.</param>
/// <param name="Slot">The place that a reservation gives back.</param>
/// <param name="Reason"><c>given_back</c>, <c>expired</c>, or why the application ended.</param>
public sealed record BoothReleased(
    Guid BoothId, string EditionCode, Guid HoldId, Guid OrganisationId, Guid? ApplicationId, int? Slot, string Reason) : BoothEvent;

/// <summary>The booth is the exhibitor's: its agreement is accepted and its fee is paid.</summary>
public sealed record BoothAllocated(
    Guid BoothId, string EditionCode, Guid ApplicationId, Guid OrganisationId, string Hall, string Number, string Zone) : BoothEvent;
