using Expo.Forum.Series;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>Change a draft, or a proposal that was sent back.</summary>
public sealed record ChangeProposal(ProposalReader By, ProposalForm Form, SeriesDefinition? Series, ForumCalendar Calendar)
{
    /// <summary>Once it was sent to a group, it stays with that.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now)
    {
        if (!By.Owns(proposal))
            return ProposalRefusals.Unknown;
        if (!proposal.IsOpen)
            return ProposalRefusals.WrongState(proposal);
        if (Form.Says(proposal.Form))
            return Decision<ProposalEvent>.Nothing;
        if (proposal.Sent && Form.WorkingGroup != proposal.Form!.WorkingGroup)
            return Refusal.Rule("proposal.group_fixed", "方案已报送，不能更换工作组。", "The proposal was sent to its working group and stays there.");
        if (ProposalRules.Check(Form, Series, Calendar) is { } wrong)
            return wrong;
        return new ProposalChanged(proposal.Id, Form);
    }
}

internal static class ChangeProposalEndpoint
{
    public static void Map(RouteGroupBuilder proposals) => proposals
        .MapPut("/{proposalId:guid}", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("F-03", "F-09")
        .WithName(nameof(ChangeProposal))
        .WithSummary("Change your draft, or your proposal that was sent back");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid proposalId, ProposalForm body, Caller caller, IfMatch ifMatch, NamedSeries series, ForumCalendars calendars, Streams streams,
        CancellationToken ct)
    {
        var command = new ChangeProposal(ProposalReader.Of(edition, caller), body, await series.Of(body, ct), await calendars.Of(edition, ct));
        return await streams.Decide<ForumProposal, ProposalEvent>(proposalId, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
