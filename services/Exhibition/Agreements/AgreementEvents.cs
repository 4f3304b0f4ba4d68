namespace Expo.Exhibition.Agreements;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to the agreement and the fee of a confirmed application.</summary>
public abstract record AgreementEvent;

/// <summary>The confirmation agreement was drawn up for the booth that is held.</summary>
/// <param name="AgreementId">The agreement, one for each application.</param>
/// <param name="Number">Its number, as people quote it.</param>
/// <param name="ApplicationId">The application.</param>
/// <param name="EditionCode">The edition.</param>
/// <param name="OrganisationId">The exhibitor.</param>
/// <param name="BoothId">The booth.</param>
/// <param name="Hall">The booth's hall.</param>
/// <param name="BoothNumber">The booth's number.</param>
/// <param name="AreaM2">Its area.</param>
public sealed record AgreementGenerated(
    Guid AgreementId, string Number, Guid ApplicationId, string EditionCode, Guid OrganisationId, Guid BoothId, string Hall, string BoothNumber,
    decimal AreaM2) : AgreementEvent;

/// <summary>The fee was invoiced; it is due on this day, included.</summary>
public sealed record FeeInvoiced(Guid AgreementId, Money Fee, DateOnly DueOn) : AgreementEvent;

/// <summary>The exhibitor signed and sealed the agreement.</summary>
public sealed record AgreementSigned(Guid AgreementId, string SignerTitle) : AgreementEvent;

/// <summary>The exhibitor posted the paper.</summary>
public sealed record AgreementPosted(Guid AgreementId, string Carrier, string TrackingNumber) : AgreementEvent;

/// <summary>The paper arrived.</summary>
public sealed record AgreementReceived(Guid AgreementId, DateOnly ReceivedOn) : AgreementEvent;

/// <summary>The committee checked the paper and accepted it.</summary>
public sealed record AgreementAccepted(Guid AgreementId) : AgreementEvent;

/// <summary>The committee's finance got the fee.</summary>
public sealed record FeePaid(Guid AgreementId, Money Paid, DateOnly PaidOn, string Reference) : AgreementEvent;

/// <summary>The agreement is accepted and the fee is paid: the exhibitor gets its booth.</summary>
public sealed record AgreementSettled(Guid AgreementId, Guid ApplicationId) : AgreementEvent;

/// <summary>The fee was not paid by its day; the booth is free for others.</summary>
public sealed record FeeLapsed(Guid AgreementId, Guid ApplicationId, Guid BoothId) : AgreementEvent;

/// <summary>The agreement is void, since its application has ended.</summary>
public sealed record AgreementCancelled(Guid AgreementId, string Reason) : AgreementEvent;
