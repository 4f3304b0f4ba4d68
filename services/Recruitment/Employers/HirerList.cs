using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Employers;

/// <summary>An agency as the employer that approved it sees it.</summary>
public sealed record ListedAgency(Guid RelationshipId, Guid AgencyId, Text? Name, HirerStatus State, IReadOnlyList<HrAgencyKind> Kinds);

/// <summary>An employer as an agency that it approved sees it, with the agency's own references to it.</summary>
public sealed record ListedEmployer(Guid OrganisationId, Text? Name, HirerStatus State, IReadOnlyList<HrAgencyKind> Kinds, IReadOnlyList<string> EmployerRefs);

/// <summary>The organisations that may be approved as agencies.</summary>
internal sealed class Agencies(IQuerySession session)
{
    private const string Kind = "hr_agency";

    /// <summary>A verified agency, or nothing.</summary>
    public async Task<KnownOrganisation?> Find(Guid id, CancellationToken ct) =>
        await session.LoadAsync<KnownOrganisation>(id, ct) is { Kind: Kind } agency ? agency : null;
}

/// <summary>Who may act for whom.</summary>
internal sealed class Hirers(IQuerySession session)
{
    /// <summary>Whether the employer lets the agency act for it now.</summary>
    public async Task<bool> Approved(Guid agency, Guid employer, CancellationToken ct) =>
        await session.LoadAsync<HirerRelationship>(HirerRelationship.IdOf(employer, agency), ct) is { Status: HirerStatus.Approved };

    /// <summary>The employer that an agency's reference stands for, if it lets the agency act for it now.</summary>
    public async Task<Guid?> EmployerFor(Guid agency, string employerRef, CancellationToken ct) =>
        await session.LoadAsync<EmployerReference>(EmployerReference.IdOf(agency, employerRef), ct) is { EmployerId: { } employer }
            && await Approved(agency, employer, ct) ? employer : null;

    /// <summary>The names of organisations.</summary>
    public async Task<IReadOnlyDictionary<Guid, Text?>> Names(IEnumerable<Guid> organisations, CancellationToken ct) =>
        (await session.LoadManyAsync<KnownOrganisation>(ct, organisations.Distinct())).ToDictionary(organisation => organisation.Id, organisation => organisation.Name);
}

internal static class HirerListEndpoints
{
    public static void MapAgencies(RouteGroupBuilder agencies) => agencies.MapGet("", OfEmployer).Allow(Roles.OrganisationAdministrator)
        .Fulfils("J-15").WithName("ListAgencies").WithSummary("The agencies that your organisation approved");

    public static void MapEmployers(RouteGroupBuilder employers) => employers.MapGet("", OfAgency).AllowScope("jobs:read")
        .Fulfils("J-15").WithName("ListEmployers").WithSummary("The employers that approved your agency, with your references to them");

    public static void MapHistory(RouteGroupBuilder relationships) => relationships.MapHistory<HirerRelationship>(
            "GetHirerRelationshipHistory", HirerRefusals.AgencyUnknown,
            (relationship, caller) => caller.Is(Roles.CommitteeOfficer) || caller.OrganisationId == relationship.EmployerId)
        .Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer);

    private static async Task<Ok<Page<ListedAgency>>> OfEmployer(Caller caller, Paging paging, Hirers hirers, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<HirerRelationship>(
            "where d.employer_id = ? and d.id::text > ? order by d.id::text limit ?", ct, caller.OrganisationId ?? Guid.Empty, paging.After, paging.Limit + 1);
        var names = await hirers.Names(rows.Select(row => row.AgencyId), ct);
        return TypedResults.Ok(Page<ListedAgency>.Of(
            rows.Select(row => new ListedAgency(row.Id, row.AgencyId, names.GetValueOrDefault(row.AgencyId), row.Status, row.Kinds)).ToArray(),
            paging.Limit, row => row.RelationshipId.ToString()));
    }

    private static async Task<Ok<Page<ListedEmployer>>> OfAgency(Caller caller, Paging paging, Hirers hirers, IQuerySession session, CancellationToken ct)
    {
        var agency = caller.OrganisationId ?? Guid.Empty;
        var rows = await session.QueryAsync<HirerRelationship>(
            "where d.agency_id = ? and d.employer_id::text > ? order by d.employer_id::text limit ?", ct, agency, paging.After, paging.Limit + 1);
        var employers = rows.Select(row => row.EmployerId).ToArray();
        var names = await hirers.Names(employers, ct);
        var references = (await session.QueryAsync<EmployerReference>(
            "where d.agency_id = ? and d.data ->> 'EmployerId' = any(?) order by d.data ->> 'EmployerRef'",
            ct, agency, employers.Select(employer => employer.ToString()).ToArray())).ToLookup(reference => reference.EmployerId, reference => reference.EmployerRef);
        return TypedResults.Ok(Page<ListedEmployer>.Of(
            rows.Select(row => new ListedEmployer(
                row.EmployerId, names.GetValueOrDefault(row.EmployerId), row.Status, row.Kinds, references[row.EmployerId].ToArray())).ToArray(),
            paging.Limit, row => row.OrganisationId.ToString()));
    }
}
