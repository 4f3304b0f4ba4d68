using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>Give up one's application; its booth becomes free.</summary>
public sealed record WithdrawApplication(Scope Scope)
{
    /// <summary>At any time before the booth is allocated.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) => application switch
    {
        _ when !Scope.Covers(application.EditionCode, application.OrganisationId) => ApplicationRefusals.Unknown,
        { Status: ApplicationStatus.Withdrawn } => Decision<ApplicationEvent>.Nothing,
        { Settled: true } => ApplicationRefusals.WrongState(application),
        { Status: ApplicationStatus.Submitted or ApplicationStatus.ChangesRequested or ApplicationStatus.Confirmed } =>
            new ApplicationWithdrawn(application.Id, application.OrganisationId, application.Confirmed?.BoothId),
        _ => ApplicationRefusals.WrongState(application),
    };
}

internal static class WithdrawApplicationEndpoint
{
    public static void Map(RouteGroupBuilder applications) => applications
        .MapPost("/{applicationId:guid}/withdrawal", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-05")
        .WithName(nameof(WithdrawApplication))
        .WithSummary("Withdraw your application");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid applicationId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<BoothApplication, ApplicationEvent>(
            applicationId, new WithdrawApplication(Scope.Own(edition, caller)).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
