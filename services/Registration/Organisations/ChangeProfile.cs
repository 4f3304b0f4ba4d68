using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.Organisations;

/// <summary>The whole profile as it is to be; country and number stay.</summary>
public sealed record ChangeProfileRequest(
    [Needed, TextUpTo(200)] Text Name, [Needed] OrganisationKind? Kind, [LengthUpTo(2, MinimumLength = 2)] string? Province);

/// <summary>Change an organisation's profile; it waits to be verified again.</summary>
public sealed record ChangeProfile(Profile Profile, Caller Caller)
{
    /// <summary>Only who acts for it may; the same profile is no change.</summary>
    public Decision<OrganisationEvent> Decide(Organisation organisation, DateTimeOffset now) => organisation switch
    {
        _ when !organisation.IsOf(Caller) => Organisation.Unknown,
        _ when organisation.Profile == Profile => Decision<OrganisationEvent>.Nothing,
        _ when ProfileRules.Check(organisation.Country, Profile) is { } why => why,
        _ => new OrganisationProfileChanged(organisation.Id, Profile),
    };
}

internal static class ChangeProfileEndpoint
{
    public static void Map(RouteGroupBuilder organisations) => organisations
        .MapPut("/{id:guid}/profile", Handle)
        .RequireAuthorization()
        .Fulfils("R-09", "X-21")
        .WithName(nameof(ChangeProfile))
        .WithSummary("Change your organisation's profile; it is verified again");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, ChangeProfileRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var command = new ChangeProfile(new Profile(body.Name, body.Kind!.Value, body.Province), caller);
        return streams.Decide<Organisation, OrganisationEvent>(id, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
