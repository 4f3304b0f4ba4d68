using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Exhibition.Applications;

/// <summary>Which booth the exhibitor gets, for what fee, to be paid until when (that day included).</summary>
public sealed record ConfirmApplicationRequest([Needed] Guid? BoothId, [Needed] Money Fee, [Needed] DateOnly? FeeDueOn);

/// <summary>Confirm an application with a booth and a fee.</summary>
public sealed record ConfirmApplication(Scope Scope, Guid ConfirmationId, Guid BoothId, Money Fee, DateOnly FeeDueOn)
{
    /// <summary>Only while it waits for a decision. Whether the booth can be had, the booth decides.</summary>
    public Decision<ApplicationEvent> Decide(BoothApplication application, DateTimeOffset now) => application switch
    {
        _ when !Scope.Covers(application.EditionCode, application.OrganisationId) => ApplicationRefusals.Unknown,
        { Status: ApplicationStatus.Confirmed, Confirmed: var made } when made!.BoothId == BoothId && made.Fee.IsWorth(Fee) && made.FeeDueOn == FeeDueOn =>
            Decision<ApplicationEvent>.Nothing,
        { Status: not ApplicationStatus.Submitted } => ApplicationRefusals.WrongState(application),
        _ when FeeDueOn < now.Today() =>
            Refusal.Rule("fee.due_in_past", "缴费截止日期不能早于今天。", "The fee cannot be due in the past.").With("feeDueOn", $"{FeeDueOn:yyyy-MM-dd}"),
        _ when FeeDueOn > now.Today().AddYears(1) =>
            Refusal.Rule("fee.due_too_late", "缴费截止日期须在一年以内。", "The fee must be due within a year.").With("feeDueOn", $"{FeeDueOn:yyyy-MM-dd}"),
        _ => new ApplicationConfirmed(application.Id, application.EditionCode, application.OrganisationId, ConfirmationId, BoothId, Fee, FeeDueOn),
    };
}

internal static class ConfirmApplicationEndpoint
{
    public static void Map(RouteGroupBuilder applications) => applications
        .MapPost("/{applicationId:guid}/confirmation", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("X-06")
        .WithName(nameof(ConfirmApplication))
        .WithSummary("Confirm an application with a booth and a fee");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid applicationId, ConfirmApplicationRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var command = new ConfirmApplication(Scope.All(edition), Guid.CreateVersion7(), body.BoothId!.Value, body.Fee, body.FeeDueOn!.Value);
        return streams.Decide<BoothApplication, ApplicationEvent>(applicationId, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
