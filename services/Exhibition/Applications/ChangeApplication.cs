using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>Change an application that nobody has decided on, or that the committee wants changed; it is submitted again.</summary>
public sealed record ChangeApplication(Scope Scope, ApplicationForm Form, Deadline? LastDay, IReadOnlySet<string> Areas)
{
    /// <summary>After the last day only what the committee asked for can be changed.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now)
    {
        if (!Scope.Covers(application.EditionCode, application.OrganisationId))
            return ApplicationRefusals.Unknown;
        if (application.Status is not (ApplicationStatus.Submitted or ApplicationStatus.ChangesRequested))
            return ApplicationRefusals.WrongState(application);
        if (application.Status == ApplicationStatus.Submitted && Form.Says(application.Form))
            return Decision<ApplicationEvent>.Nothing;
        if (application.Status == ApplicationStatus.Submitted && LastDay?.Check(now) is { } late)
            return late;
        if (FormRules.Check(Form, Areas) is { } wrong)
            return wrong;
        return new ApplicationChanged(application.Id, Form);
    }
}

internal static class ChangeApplicationEndpoint
{
    public static void Map(RouteGroupBuilder applications) => applications
        .MapPut("/{applicationId:guid}", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-05", "X-10")
        .WithName(nameof(ChangeApplication))
        .WithSummary("Change your application and submit it again");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid applicationId, ApplicationForm body, Caller caller, IfMatch ifMatch, PlanAreas areas, Deadlines deadlines, Streams streams,
        CancellationToken ct)
    {
        var command = new ChangeApplication(Scope.Own(edition, caller), body, await deadlines.ForApplications(edition, ct), await areas.Of(edition, ct));
        return await streams.Decide<BoothApplication, ApplicationEvent>(applicationId, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
