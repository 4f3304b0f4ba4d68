using Expo.Exhibition.Agreements;
using Expo.Kernel;
using Expo.Kernel.Http;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>A booth application as its exhibitor and the committee see it.</summary>
/// <param name="Id">The application.</param>
/// <param name="OrganisationId">The exhibitor.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it was sent back or declined.</param>
/// <param name="Form">What is wanted.</param>
/// <param name="BoothId">The booth, once confirmed.</param>
/// <param name="Fee">The fee, once confirmed.</param>
/// <param name="FeeDueOn">The fee's last day.</param>
/// <param name="AgreementId">The agreement, once confirmed; it exists as soon as the booth is held.</param>
public sealed record ListedApplication(
    Guid Id, Guid OrganisationId, ApplicationStatus State, string? Reason, ApplicationForm Form, Guid? BoothId, Money? Fee, DateOnly? FeeDueOn,
    Guid? AgreementId);

internal static class ApplicationListEndpoints
{
    public static void Map(RouteGroupBuilder applications)
    {
        string[] readers = [Roles.OrganisationAdministrator, Roles.CommitteeOfficer, Roles.CommitteeFinance];
        applications.MapGet("", List).Allow(readers)
            .Fulfils("X-05")
            .WithName("ListApplications").WithSummary("Booth applications, oldest first: your own, or all for the committee");
        applications.MapGet("/{applicationId:guid}", One).Allow(readers).Fulfils("X-05").WithName("GetApplication").WithSummary("One booth application");
        applications.MapHistory<BoothApplication>(
            "GetApplicationHistory", ApplicationRefusals.Unknown,
            (application, caller) => Scope.Of(application.EditionCode, caller).Covers(application.EditionCode, application.OrganisationId)).Allow(readers);
    }

    private static async Task<Ok<Page<ListedApplication>>> List(
        string edition, Paging paging, Caller caller, IQuerySession session, CancellationToken ct,
        [OneOf("submitted", "changes_requested", "confirmed", "declined", "withdrawn", "lapsed", "booth_allocated", "allocation_refused")] string? state = null)
    {
        var organisation = Scope.Of(edition, caller).OrganisationId?.ToString() ?? "";
        var rows = await session.QueryAsync<BoothApplication>(
            """
            where d.edition_code = ? and (? = '' or d.data ->> 'OrganisationId' = ?) and (? = '' or d.data ->> 'Status' = ?)
            and d.id::text > ? order by d.id::text limit ?
            """,
            ct, edition, organisation, organisation, state ?? "", state ?? "", paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedApplication>.Of(rows.Select(Show).ToArray(), paging.Limit, application => application.Id.ToString()));
    }

    private static async Task<Results<Ok<ListedApplication>, ProblemHttpResult>> One(
        string edition, Guid applicationId, Caller caller, Streams streams, CancellationToken ct)
    {
        var (application, _) = await streams.Read<BoothApplication>(applicationId, ct);
        return (application is not null && Scope.Of(edition, caller).Covers(application.EditionCode, application.OrganisationId) ? Show(application) : null)
            .OkOr(ApplicationRefusals.Unknown);
    }

    private static ListedApplication Show(BoothApplication application) => new(
        application.Id, application.OrganisationId, application.Status, application.Reason, application.Form!, application.Confirmed?.BoothId,
        application.Confirmed?.Fee, application.Confirmed?.FeeDueOn, application.Confirmed is null ? null : Agreement.IdOf(application.Id));
}
