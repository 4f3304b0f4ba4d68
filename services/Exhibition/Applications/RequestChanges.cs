using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>Ask the exhibitor to change the application.</summary>
public sealed record RequestChanges(Scope Scope, string Reason)
{
    /// <summary>Only while it waits for a decision.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) => application switch
    {
        _ when !Scope.Covers(application.EditionCode, application.OrganisationId) => ApplicationRefusals.Unknown,
        { Status: ApplicationStatus.ChangesRequested } when application.Reason == Reason => Decision<ApplicationEvent>.Nothing,
        { Status: ApplicationStatus.Submitted } => new ApplicationChangesRequested(application.Id, Reason),
        _ => ApplicationRefusals.WrongState(application),
    };
}

internal static class RequestChangesEndpoint
{
    public static void Map(RouteGroupBuilder applications) => applications
        .MapPost("/{applicationId:guid}/change-request", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("X-06")
        .WithName(nameof(RequestChanges))
        .WithSummary("Ask the exhibitor to change the application");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid applicationId, ReasonRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<BoothApplication, ApplicationEvent>(
            applicationId, new RequestChanges(Scope.All(edition), body.Reason).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
