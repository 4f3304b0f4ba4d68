using Expo.Forum.Series;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>Send a proposal to its working group, for the first time or again.</summary>
/// <param name="By">The proposer.</param>
/// <param name="Series">The series that the form names, if that exists.</param>
/// <param name="Calendar">The edition's calendar.</param>
public sealed record SubmitProposal(ProposalReader By, SeriesDefinition? Series, ForumCalendar Calendar)
{
    /// <summary>In time; what the group sent back may come after the deadline.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now)
    {
        if (!By.Owns(proposal))
            return ProposalRefusals.Unknown;
        if (proposal.Status == ProposalStatus.Submitted)
            return Decision<ProposalEvent>.Nothing;
        if (!proposal.IsOpen)
            return ProposalRefusals.WrongState(proposal);

        var form = proposal.Form!;
        if (ProposalRules.Check(form, Series, Calendar) is { } wrong)
            return wrong;
        if (!proposal.Sent && Calendar.CheckDeadlines(form.Preferred.Day!.Value, form.WantsRoom, now, proposal.AdmittedLate) is { } late)
            return late;
        if (proposal.Speakers.Count == 0)
            return Refusal.Rule("proposal.speaker_missing", "请至少填写一位嘉宾。", "Name at least one speaker.");
        return new ProposalSubmitted(proposal.Id, proposal.EditionCode, proposal.OrganisationId, form.WorkingGroup!.Value);
    }
}

internal static class SubmitProposalEndpoint
{
    public static void Map(RouteGroupBuilder proposals) => proposals
        .MapPost("/{proposalId:guid}/submission", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("F-03", "F-04", "F-09")
        .WithName(nameof(SubmitProposal))
        .WithSummary("Send your proposal to the working group that it names");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid proposalId, Caller caller, IfMatch ifMatch, NamedSeries series, ForumCalendars calendars, Streams streams, CancellationToken ct)
    {
        var form = (await streams.Read<ForumProposal>(proposalId, ct)).State?.Form;
        var command = new SubmitProposal(ProposalReader.Of(edition, caller), await series.Of(form, ct), await calendars.Of(edition, ct));
        return await streams.Decide<ForumProposal, ProposalEvent>(proposalId, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
