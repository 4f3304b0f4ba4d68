using Expo.Kernel;

namespace Expo.Exhibition.Agreements;

// What other streams, and time, make of an agreement. A report that comes twice, or after an ending, changes nothing.

/// <summary>Draw up the agreement and invoice the fee; the booth is held.</summary>
public sealed record GenerateAgreement(
    Guid ApplicationId, string EditionCode, Guid OrganisationId, Guid BoothId, string Hall, string BoothNumber, decimal AreaM2, Money Fee, DateOnly FeeDueOn)
{
    /// <summary>Once for each application.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now)
    {
        if (agreement.Status != AgreementStatus.None)
            return Decision<AgreementEvent>.Nothing;

        var id = Agreement.IdOf(ApplicationId);
        var number = $"{EditionCode.ToUpperInvariant()}-{Hall}-{BoothNumber}-{id.ToString("N")[..8].ToUpperInvariant()}";
        return new Decision<AgreementEvent>.Accepted(
            new AgreementGenerated(id, number, ApplicationId, EditionCode, OrganisationId, BoothId, Hall, BoothNumber, AreaM2),
            new FeeInvoiced(id, Fee, FeeDueOn));
    }
}

/// <summary>The day on which the fee is due is over.</summary>
public sealed record LapseFee
{
    /// <summary>An unpaid fee ends the hold; a paid one does not, even if the paper is still on its way.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) =>
        agreement is { Payment: null, Invoice: { } invoice, Status: not (AgreementStatus.Lapsed or AgreementStatus.Cancelled) } && now >= invoice.End
            ? new FeeLapsed(agreement.Id, agreement.ApplicationId, agreement.BoothId)
            : Decision<AgreementEvent>.Nothing;
}

/// <summary>The application has ended, so the agreement is void.</summary>
public sealed record CancelAgreement(string Reason)
{
    /// <summary>One that has lapsed stays as it ended.</summary>
    public Decision<AgreementEvent> Decide(Agreement agreement, DateTimeOffset now) =>
        agreement.Status is AgreementStatus.None or AgreementStatus.Lapsed or AgreementStatus.Cancelled
            ? Decision<AgreementEvent>.Nothing
            : new AgreementCancelled(agreement.Id, Reason);
}
