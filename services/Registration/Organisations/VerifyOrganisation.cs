using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Organisations;

/// <summary>Verify an organisation's profile.</summary>
public sealed record VerifyOrganisation(Guid Officer)
{
    /// <summary>A profile that was given back is verified only after it was changed.</summary>
    public Decision<OrganisationEvent> Decide(Organisation organisation, DateTimeOffset now) => organisation switch
    {
        { Profile: null } => Organisation.Unknown,
        { State: OrganisationState.Verified } => Decision<OrganisationEvent>.Nothing,
        { State: OrganisationState.Returned } => Refusal.Conflict(
            "organisation.returned", "资料已退回，须修改后才能核验。", "The profile was given back; it has to be changed first."),
        _ => new OrganisationVerified(organisation.Id, organisation.Country, organisation.Profile, Officer),
    };
}

internal static class VerifyOrganisationEndpoint
{
    public static void Map(RouteGroupBuilder organisations) => organisations
        .MapPost("/{id:guid}/verification", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("R-09")
        .WithName(nameof(VerifyOrganisation))
        .WithSummary("Verify an organisation's profile");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Organisation, OrganisationEvent>(
            id, new VerifyOrganisation(caller.AccountId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
