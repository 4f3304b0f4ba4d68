using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Organisations;

/// <summary>An organisation as its own people and the committee see it.</summary>
public sealed record OrganisationDetails(
    Guid Id, Text Name, string RegistrationNumber, OrganisationKind Kind, string Country, string? Province, OrganisationState State, string? ReturnedBecause)
{
    /// <summary>What is shown of a registered organisation.</summary>
    public static OrganisationDetails Of(Organisation organisation) => organisation.Profile is { } profile
        ? new(organisation.Id, profile.Name, organisation.RegistrationNumber, profile.Kind, organisation.Country, profile.Province,
            organisation.State, organisation.ReturnedBecause)
        : throw new System.Diagnostics.UnreachableException("Only registered organisations are stored.");
}

internal static class OrganisationDetailsEndpoints
{
    public static void Map(RouteGroupBuilder organisations)
    {
        organisations.MapGet("/{id:guid}", Get).RequireAuthorization()
            .Fulfils("R-09")
            .WithName("GetOrganisation").WithSummary("An organisation, for its own people and the committee");
        organisations.MapGet("", List).Allow(Roles.CommitteeOfficer)
            .Fulfils("R-09")
            .WithName("ListOrganisations").WithSummary("Every organisation, or those in one state");
    }

    private static async Task<Results<Ok<OrganisationDetails>, ProblemHttpResult>> Get(Guid id, Caller caller, Streams streams, CancellationToken ct) =>
        (await streams.Read<Organisation>(id, ct)).State is { } found && (found.IsOf(caller) || caller.Is(Roles.CommitteeOfficer))
            ? TypedResults.Ok(OrganisationDetails.Of(found))
            : Organisation.Unknown.ToProblem();

    private static async Task<Ok<Page<OrganisationDetails>>> List(Paging paging, [OneOf("submitted", "verified", "returned")] string? state, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Organisation>(
            "where d.id::text > ? and (? = '' or d.data ->> 'State' = ?) order by d.id::text limit ?",
            ct, paging.After, state ?? "", state ?? "", paging.Limit + 1);
        return TypedResults.Ok(Page<OrganisationDetails>.Of(rows.Select(OrganisationDetails.Of).ToArray(), paging.Limit, o => o.Id.ToString()));
    }
}

/// <summary>For which organisation an account acts.</summary>
public sealed class Memberships(IQuerySession session)
{
    /// <summary>The account's organisation: the one it registered. A claim in the registering transaction makes it the only one.</summary>
    public async Task<Guid?> Of(Guid accountId, CancellationToken ct) =>
        (await session.QueryAsync<Organisation>("where d.administrator = ? limit 1", ct, accountId)) is [var organisation, ..] ? organisation.Id : null;
}
