using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Employers;

/// <summary>Let an agency post no more jobs for an employer.</summary>
public sealed record RevokeAgency
{
    /// <summary>What the agency has posted stays until it closes or expires.</summary>
    public Decision<HirerEvent> Decide(HirerRelationship relationship, DateTimeOffset now) => relationship.Status switch
    {
        HirerStatus.None => HirerRefusals.AgencyUnknown,
        HirerStatus.Revoked => Decision<HirerEvent>.Nothing,
        _ => new AgencyRevoked(relationship.Id, relationship.EmployerId, relationship.AgencyId),
    };
}

internal static class RevokeAgencyEndpoint
{
    public static void Map(RouteGroupBuilder agencies) => agencies
        .MapDelete("/{agencyId:guid}", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("J-15")
        .WithName(nameof(RevokeAgency))
        .WithSummary("Let an agency post no more jobs for your organisation; what it has posted stays");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid agencyId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<HirerRelationship, HirerEvent>(
            HirerRelationship.IdOf(caller.OrganisationId ?? Guid.Empty, agencyId), new RevokeAgency().Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
