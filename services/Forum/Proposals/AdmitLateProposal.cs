using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>Why a proposal is let in late.</summary>
public sealed record AdmitLateProposalRequest([Needed, LengthUpTo(500)] string Reason);

/// <summary>Set a soft deadline aside for one proposal; a hard one nobody sets aside.</summary>
public sealed record AdmitLateProposal(ProposalReader By, Override SetAside, ForumCalendar Calendar)
{
    /// <summary>Only for a draft, since what was sent was in time.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now)
    {
        if (!By.SeesAll || !By.Reads(proposal))
            return ProposalRefusals.Unknown;
        if (proposal.AdmittedLate is not null)
            return Decision<ProposalEvent>.Nothing;
        if (proposal.Status != ProposalStatus.Draft)
            return ProposalRefusals.WrongState(proposal);

        var form = proposal.Form!;
        if (Calendar.CheckDay(form.Preferred.Day!.Value) is { } outside)
            return outside;
        return Calendar.CheckDeadlines(form.Preferred.Day.Value, form.WantsRoom, now, SetAside) is { } hard
            ? hard
            : new ProposalAdmittedLate(proposal.Id, SetAside);
    }
}

internal static class AdmitLateProposalEndpoint
{
    public static void Map(RouteGroupBuilder proposals) => proposals
        .MapPost("/{proposalId:guid}/late-admission", Handle)
        .Allow(Roles.CommitteeOfficer)
        .Fulfils("F-03", "E-14")
        .WithName(nameof(AdmitLateProposal))
        .WithSummary("Let a draft in after a soft deadline, and say why");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid proposalId, AdmitLateProposalRequest body, Caller caller, IfMatch ifMatch, ForumCalendars calendars, Streams streams,
        CancellationToken ct)
    {
        var command = new AdmitLateProposal(
            ProposalReader.Of(edition, caller), new Override(caller.AccountId, body.Reason), await calendars.Of(edition, ct));
        return await streams.Decide<ForumProposal, ProposalEvent>(proposalId, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
