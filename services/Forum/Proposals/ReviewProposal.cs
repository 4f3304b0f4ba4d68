using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>What the content review found; a return needs a reason code (requirement F-08).</summary>
public sealed record ReviewContentRequest([Needed, OneOf("cleared", "returned")] string Outcome, ContentReturnReason? Reason, [TextUpTo(500)] Text? Note);

/// <summary>Take a proposal from the queue into review.</summary>
public sealed record StartReview(ProposalReader By)
{
    /// <summary>By the group in whose queue it waits.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Reviews(proposal) => ProposalRefusals.Unknown,
        { Status: ProposalStatus.InReview } => Decision<ProposalEvent>.Nothing,
        { Status: ProposalStatus.Submitted } => new ProposalReviewStarted(proposal.Id),
        _ => ProposalRefusals.WrongState(proposal),
    };
}

/// <summary>Clear the content of a proposal.</summary>
public sealed record ClearContent(ProposalReader By)
{
    /// <summary>Only while it is in review.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Reviews(proposal) => ProposalRefusals.Unknown,
        { Status: not ProposalStatus.InReview } => ProposalRefusals.WrongState(proposal),
        { Content: ContentReviewState.Cleared } => Decision<ProposalEvent>.Nothing,
        _ => new ProposalContentCleared(proposal.Id),
    };
}

/// <summary>Send a proposal back for its content.</summary>
public sealed record ReturnContent(ProposalReader By, ContentReturnReason? Reason, Text? Note)
{
    /// <summary>With a code for the reason; no word of the text decides on its own (decision Q15).</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Reviews(proposal) => ProposalRefusals.Unknown,
        _ when Reason is null => Refusal.Rule("content.reason_missing", "退回须说明原因代码。", "A return needs a reason code."),
        { Status: ProposalStatus.Returned, Content: ContentReviewState.Returned } when proposal.ContentReason == Reason => Decision<ProposalEvent>.Nothing,
        { Status: not ProposalStatus.InReview } => ProposalRefusals.WrongState(proposal),
        _ => new ProposalContentReturned(proposal.Id, Reason.Value, Note),
    };
}

internal static class ReviewProposalEndpoints
{
    public static void Map(RouteGroupBuilder proposals)
    {
        proposals.MapPost("/{proposalId:guid}/review", Start).Allow(Roles.BeijingGroup, Roles.ShenzhenGroup).Fulfils("F-03")
            .WithName(nameof(StartReview)).WithSummary("Take a proposal from your group's queue into review");
        proposals.MapPost("/{proposalId:guid}/content-review", Review).Allow(Roles.BeijingGroup, Roles.ShenzhenGroup).Fulfils("F-08")
            .WithName("ReviewContent").WithSummary("Clear the content of a proposal, or send it back with a reason code");
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Start(
        string edition, Guid proposalId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, new StartReview(ProposalReader.Of(edition, caller)).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();

    private static Task<Results<NoContent, ProblemHttpResult>> Review(
        string edition, Guid proposalId, ReviewContentRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct)
    {
        var reader = ProposalReader.Of(edition, caller);
        return streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, body.Outcome == "cleared" ? new ClearContent(reader).Decide : new ReturnContent(reader, body.Reason, body.Note).Decide,
            new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
    }
}
