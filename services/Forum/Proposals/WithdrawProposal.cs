using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>Give up one's proposal; its room becomes free.</summary>
public sealed record WithdrawProposal(ProposalReader By)
{
    /// <summary>At any time, unless it was declined.</summary>
    public Decision<ProposalEvent> Decide(ForumProposal proposal, DateTimeOffset now) => proposal switch
    {
        _ when !By.Owns(proposal) => ProposalRefusals.Unknown,
        { Status: ProposalStatus.Withdrawn } => Decision<ProposalEvent>.Nothing,
        { Status: ProposalStatus.Declined } => ProposalRefusals.WrongState(proposal),
        _ => new ProposalWithdrawn(proposal.Id, proposal.EditionCode, proposal.OrganisationId, proposal.Room),
    };
}

internal static class WithdrawProposalEndpoint
{
    public static void Map(RouteGroupBuilder proposals) => proposals
        .MapPost("/{proposalId:guid}/withdrawal", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .Fulfils("F-03")
        .WithName(nameof(WithdrawProposal))
        .WithSummary("Withdraw your proposal; its room becomes free");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, Guid proposalId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ForumProposal, ProposalEvent>(
            proposalId, new WithdrawProposal(ProposalReader.Of(edition, caller)).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
