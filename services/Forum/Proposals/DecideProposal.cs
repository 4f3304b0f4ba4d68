using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>What the group says to the proposer, if anything.</summary>
public sealed record AcceptProposalRequest([TextUpTo(500)] Text? Reason);

/// <summary>Why a proposal goes back, or is declined.</summary>
public sealed record ProposalReasonRequest([Needed, TextUpTo(500)] Text Reason);

/// <summary>Accept a proposal.</summary>
public sealed record AcceptProposal(ProposalReader By, Text? Reason)
{
    /// <summary>By the group in whose queue it is, once the content is cleared.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Reviews(proposal) => ProposalRefusals.Unknown,
        { Status: ProposalStatus.Accepted } => Decision<ProposalEvent>.Nothing,
        { Status: not ProposalStatus.InReview } => ProposalRefusals.WrongState(proposal),
        { Content: not ContentReviewState.Cleared } => Refusal.Conflict(
            "content.not_cleared", "内容审核尚未通过。", "The content has not been cleared yet."),
        _ => new ProposalAccepted(proposal.Id, proposal.EditionCode, proposal.OrganisationId, Reason),
    };
}

/// <summary>Send a proposal back to be changed.</summary>
public sealed record ReturnProposal(ProposalReader By, Text Reason)
{
    /// <summary>Only while it is in review.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Reviews(proposal) => ProposalRefusals.Unknown,
        { Status: ProposalStatus.Returned } when Reason.Equals(proposal.Reason) => Decision<ProposalEvent>.Nothing,
        { Status: ProposalStatus.InReview } => new ProposalReturned(proposal.Id, Reason),
        _ => ProposalRefusals.WrongState(proposal),
    };
}

/// <summary>Say no to a proposal.</summary>
public sealed record DeclineProposal(ProposalReader By, Text Reason)
{
    /// <summary>Only while it is in review.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Reviews(proposal) => ProposalRefusals.Unknown,
        { Status: ProposalStatus.Declined } when Reason.Equals(proposal.Reason) => Decision<ProposalEvent>.Nothing,
        { Status: ProposalStatus.InReview } => new ProposalDeclined(proposal.Id, proposal.EditionCode, proposal.OrganisationId, Reason),
        _ => ProposalRefusals.WrongState(proposal),
    };
}

internal static class DecideProposalEndpoints
{
    private static readonly string[] Reviewers = [Roles.BeijingGroup, Roles.ShenzhenGroup];

    public static void Map(RouteGroupBuilder proposals)
    {
        proposals.MapPost("/{proposalId:guid}/acceptance", Accept).Allow(Reviewers).Fulfils("F-03", "F-08")
            .WithName(nameof(AcceptProposal)).WithSummary("Accept a proposal in your group's queue");
        proposals.MapPost("/{proposalId:guid}/return", Return).Allow(Reviewers).Fulfils("F-03")
            .WithName(nameof(ReturnProposal)).WithSummary("Send a proposal back to be changed");
        proposals.MapPost("/{proposalId:guid}/decline", Decline).Allow(Reviewers).Fulfils("F-03")
            .WithName(nameof(DeclineProposal)).WithSummary("Decline a proposal");
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Accept(
        string edition, Guid proposalId, AcceptProposalRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, new AcceptProposal(ProposalReader.Of(edition, caller), body.Reason).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();

    private static Task<Results<NoContent, ProblemHttpResult>> Return(
        string edition, Guid proposalId, ProposalReasonRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, new ReturnProposal(ProposalReader.Of(edition, caller), body.Reason).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();

    private static Task<Results<NoContent, ProblemHttpResult>> Decline(
        string edition, Guid proposalId, ProposalReasonRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, new DeclineProposal(ProposalReader.Of(edition, caller), body.Reason).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
