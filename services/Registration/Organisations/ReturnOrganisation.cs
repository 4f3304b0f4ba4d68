using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Organisations;

/// <summary>What has to be changed.</summary>
public sealed record ReturnOrganisationRequest([Needed, LengthUpTo(500)] string Reason);

/// <summary>Give a profile back to be changed.</summary>
public sealed record ReturnOrganisation(string Reason, Guid Officer)
{
    /// <summary>Only a profile that waits can be given back.</summary>
    public Decision<OrganisationEvent> Decide(Organisation organisation, DateTimeOffset now) => organisation switch
    {
        { Profile: null } => Organisation.Unknown,
        { State: OrganisationState.Returned } when organisation.ReturnedBecause == Reason => Decision<OrganisationEvent>.Nothing,
        { State: OrganisationState.Verified } => Refusal.Conflict(
            "organisation.verified", "该单位已通过核验。", "This organisation is verified."),
        _ => new OrganisationReturned(organisation.Id, Reason, Officer),
    };
}

internal static class ReturnOrganisationEndpoint
{
    public static void Map(RouteGroupBuilder organisations) => organisations
        .MapPost("/{id:guid}/return", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("R-09")
        .WithName(nameof(ReturnOrganisation))
        .WithSummary("Give an organisation's profile back to be changed");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, ReturnOrganisationRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Organisation, OrganisationEvent>(
            id, new ReturnOrganisation(body.Reason, caller.AccountId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
