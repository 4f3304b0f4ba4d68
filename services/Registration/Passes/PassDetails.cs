using Expo.Kernel;
using Expo.Kernel.Http;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Passes;

/// <summary>A pass with what its QR code says.</summary>
public sealed record PassDetails(
    Guid Id, string EditionCode, Guid OrganisationId, Guid PersonId, PassState State, DateTimeOffset ExpiresAt, string Token);

/// <summary>A pass in a list.</summary>
public sealed record PassEntry(Guid Id, string EditionCode, Guid OrganisationId, Guid PersonId, PassState State, DateTimeOffset ExpiresAt);

internal static class PassDetailsEndpoints
{
    public static void Map(RouteGroupBuilder passes)
    {
        passes.MapGet("/{id:guid}", Get).Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer)
            .Fulfils("R-04")
            .WithName("GetPass").WithSummary("One of your organisation's passes, with what its QR code says");
        passes.MapGet("", List).Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer)
            .Fulfils("R-04")
            .WithName("ListPasses").WithSummary("Your organisation's passes; the committee names the organisation");
    }

    public static bool MayRead(Pass pass, Caller caller) =>
        caller.Is(Roles.CommitteeOfficer) || (caller.Is(Roles.OrganisationAdministrator) && pass.OrganisationId == caller.OrganisationId);

    private static async Task<Results<Ok<PassDetails>, ProblemHttpResult>> Get(
        Guid id, Caller caller, Streams streams, PassTokens tokens, HttpResponse response, CancellationToken ct)
    {
        if ((await streams.Read<Pass>(id, ct)).State is not { } pass || !MayRead(pass, caller))
            return Pass.Unknown.ToProblem();

        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new PassDetails(
            pass.Id, pass.EditionCode, pass.OrganisationId, pass.PersonId, pass.State, pass.ExpiresAt, await tokens.For(pass.Id, pass.ExpiresAt, ct)));
    }

    private static async Task<Ok<Page<PassEntry>>> List(Guid? organisation, Paging paging, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var whose = caller.Is(Roles.CommitteeOfficer) ? organisation ?? Guid.Empty : caller.OrganisationId ?? Guid.Empty;
        var rows = await session.QueryAsync<Pass>(
            "where d.organisation_id = ? and d.id::text > ? order by d.id::text limit ?", ct, whose, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<PassEntry>.Of(
            rows.Select(p => new PassEntry(p.Id, p.EditionCode, p.OrganisationId, p.PersonId, p.State, p.ExpiresAt)).ToArray(), paging.Limit, p => p.Id.ToString()));
    }
}
