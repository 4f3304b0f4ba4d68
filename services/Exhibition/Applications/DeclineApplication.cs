using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>Say no to an application.</summary>
public sealed record DeclineApplication(Scope Scope, string Reason)
{
    /// <summary>Only before it is confirmed.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) => application switch
    {
        _ when !Scope.Covers(application.EditionCode, application.OrganisationId) => ApplicationRefusals.Unknown,
        { Status: ApplicationStatus.Declined } when application.Reason == Reason => Decision<ApplicationEvent>.Nothing,
        { Status: ApplicationStatus.Submitted or ApplicationStatus.ChangesRequested } => new ApplicationDeclined(application.Id, Reason),
        _ => ApplicationRefusals.WrongState(application),
    };
}

internal static class DeclineApplicationEndpoint
{
    public static void Map(RouteGroupBuilder applications) => applications
        .MapPost("/{applicationId:guid}/decline", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("X-06")
        .WithName(nameof(DeclineApplication))
        .WithSummary("Decline an application");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid applicationId, ReasonRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<BoothApplication, ApplicationEvent>(
            applicationId, new DeclineApplication(Scope.All(edition), body.Reason).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
