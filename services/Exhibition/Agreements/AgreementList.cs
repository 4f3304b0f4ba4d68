using Expo.Kernel;
using Expo.Kernel.Http;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Agreements;

/// <summary>An agreement and its fee as the exhibitor and the committee see them.</summary>
public sealed record ListedAgreement(
    Guid Id, string Number, Guid ApplicationId, Guid OrganisationId, Guid BoothId, string Hall, string BoothNumber, decimal AreaM2, AgreementStatus State,
    Money Fee, DateOnly FeeDueOn, FeeState FeeState, DateOnly? FeePaidOn, string? SignerTitle, Posting? Posting, DateOnly? ReceivedOn);

/// <summary>Where a fee stands (requirement X-09).</summary>
public enum FeeState
{
    /// <summary>Invoiced.</summary>
    Unpaid,

    /// <summary>Received in full.</summary>
    Paid,
}

internal static class AgreementListEndpoints
{
    public static void Map(RouteGroupBuilder agreements)
    {
        string[] readers = [Roles.OrganisationAdministrator, Roles.CommitteeOfficer, Roles.CommitteeFinance];
        agreements.MapGet("", List).Allow(readers).Fulfils("X-07", "X-09").WithName("ListAgreements").WithSummary("Agreements and fees: your own, or all for the committee");
        agreements.MapGet("/{agreementId:guid}", One).Allow(readers).Fulfils("X-07", "X-09").WithName("GetAgreement").WithSummary("One agreement and its fee");
        agreements.MapHistory<Agreement>(
            "GetAgreementHistory", AgreementRefusals.Unknown,
            (agreement, caller) => Scope.Of(agreement.EditionCode, caller).Covers(agreement.EditionCode, agreement.OrganisationId)).Allow(readers);
    }

    private static async Task<Ok<Page<ListedAgreement>>> List(
        string edition, Paging paging, Caller caller, IQuerySession session, CancellationToken ct,
        [OneOf("generated", "signed", "posted", "received", "accepted", "settled", "lapsed", "cancelled")] string? state = null)
    {
        var organisation = Scope.Of(edition, caller).OrganisationId?.ToString() ?? "";
        var rows = await session.QueryAsync<Agreement>(
            """
            where d.edition_code = ? and (? = '' or d.data ->> 'OrganisationId' = ?) and (? = '' or d.data ->> 'Status' = ?)
            and d.id::text > ? order by d.id::text limit ?
            """,
            ct, edition, organisation, organisation, state ?? "", state ?? "", paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedAgreement>.Of(rows.Select(Show).ToArray(), paging.Limit, agreement => agreement.Id.ToString()));
    }

    private static async Task<Results<Ok<ListedAgreement>, ProblemHttpResult>> One(
        string edition, Guid agreementId, Caller caller, Streams streams, CancellationToken ct)
    {
        var (agreement, _) = await streams.Read<Agreement>(agreementId, ct);
        return (agreement is not null && Scope.Of(edition, caller).Covers(agreement.EditionCode, agreement.OrganisationId) ? Show(agreement) : null)
            .OkOr(AgreementRefusals.Unknown);
    }

    private static ListedAgreement Show(Agreement agreement) => new(
        agreement.Id, agreement.Number, agreement.ApplicationId, agreement.OrganisationId, agreement.BoothId, agreement.Hall, agreement.BoothNumber,
        agreement.AreaM2, agreement.Status, agreement.Invoice!.Fee, agreement.Invoice.DueOn, agreement.Payment is null ? FeeState.Unpaid : FeeState.Paid,
        agreement.Payment?.PaidOn, agreement.SignerTitle, agreement.Posting, agreement.ReceivedOn);
}
