using Expo.Exhibition.FloorPlans;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>Apply for a booth.</summary>
/// <param name="ApplicationId">The new application.</param>
/// <param name="EditionCode">The edition.</param>
/// <param name="Exhibitor">The organisation, or nobody while it is not verified.</param>
/// <param name="Form">What is wanted.</param>
/// <param name="LastDay">Until when the edition takes applications, if there is such a day.</param>
/// <param name="Areas">Every code on the floor plan.</param>
public sealed record SubmitApplication(
    Guid ApplicationId, string EditionCode, Guid? Exhibitor, ApplicationForm Form, Deadline? LastDay, IReadOnlySet<string> Areas)
{
    /// <summary>In time, by a verified organisation, for sections that exist.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now)
    {
        if (application.Status != ApplicationStatus.None)
            return Decision<ApplicationEvent>.Nothing;
        if (Exhibitor is not { } organisation)
            return VerifiedOrganisations.NotVerified;
        if (LastDay?.Check(now) is { } late)
            return late;
        if (FormRules.Check(Form, Areas) is { } wrong)
            return wrong;
        return new ApplicationSubmitted(ApplicationId, EditionCode, organisation, Form);
    }
}

/// <summary>The id of something new.</summary>
public sealed record SubmittedApplication(Guid Id);

internal static class SubmitApplicationEndpoint
{
    public static void Map(RouteGroupBuilder applications) => applications
        .MapPost("", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("X-05", "X-10", "E-10")
        .WithName(nameof(SubmitApplication))
        .WithSummary("Apply for a booth");

    private static async Task<Results<Created<SubmittedApplication>, ProblemHttpResult>> Handle(
        string edition, ApplicationForm body, Caller caller, VerifiedOrganisations exhibitors, PlanAreas areas, Deadlines deadlines, Streams streams, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var command = new SubmitApplication(
            id, edition, (await exhibitors.Of(caller, ct))?.Id, body, await deadlines.ForApplications(edition, ct), await areas.Of(edition, ct));
        var reply = Reply.Created($"/api/exhibition/v1/editions/{edition}/booth-applications/{id}", new SubmittedApplication(id));
        return await streams.Decide<BoothApplication, ApplicationEvent>(id, command.Decide, new With { Reply = reply }, ct)
            .CreatedOrProblem<SubmittedApplication>();
    }
}
