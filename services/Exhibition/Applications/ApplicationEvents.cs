namespace Expo.Exhibition.Applications;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a booth application.</summary>
public abstract record ApplicationEvent;

/// <summary>An exhibitor applied for a booth.</summary>
public sealed record ApplicationSubmitted(Guid ApplicationId, string EditionCode, Guid OrganisationId, ApplicationForm Form) : ApplicationEvent;

/// <summary>The exhibitor changed the application, of its own accord or because the committee asked for it.</summary>
public sealed record ApplicationChanged(Guid ApplicationId, ApplicationForm Form) : ApplicationEvent;

/// <summary>The committee asked for changes.</summary>
public sealed record ApplicationChangesRequested(Guid ApplicationId, string Reason) : ApplicationEvent;

/// <summary>The committee declined the application.</summary>
public sealed record ApplicationDeclined(Guid ApplicationId, string Reason) : ApplicationEvent;

/// <summary>The committee confirmed the application with a booth and a fee; the booth is to be held.</summary>
public sealed record ApplicationConfirmed(
    Guid ApplicationId, string EditionCode, Guid OrganisationId, Guid ConfirmationId, Guid BoothId, Money Fee, DateOnly FeeDueOn) : ApplicationEvent;

/// <summary>The booth that was confirmed cannot be had; the committee has to choose another.</summary>
public sealed record ApplicationBoothUnavailable(Guid ApplicationId, Guid BoothId, string Code) : ApplicationEvent;

/// <summary>The exhibitor withdrew the application.</summary>
public sealed record ApplicationWithdrawn(Guid ApplicationId, Guid OrganisationId, Guid? BoothId) : ApplicationEvent;

/// <summary>The agreement is accepted and the fee is paid; the booth is to be allocated, and the application can no longer be withdrawn.</summary>
public sealed record ApplicationSettled(Guid ApplicationId, Guid BoothId) : ApplicationEvent;

/// <summary>The booth is allocated; the application has reached its aim.</summary>
public sealed record ApplicationBoothAllocated(Guid ApplicationId, Guid BoothId) : ApplicationEvent;

/// <summary>The booth could not be allocated although all was settled; somebody has to look into it.</summary>
public sealed record ApplicationAllocationRefused(Guid ApplicationId, Guid BoothId, string Code) : ApplicationEvent;

/// <summary>The fee was not paid in time.</summary>
public sealed record ApplicationLapsed(Guid ApplicationId, Guid BoothId) : ApplicationEvent;
