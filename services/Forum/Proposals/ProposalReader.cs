using System.Text.Json;
using Expo.Kernel;
using Expo.Kernel.Http;

namespace Expo.Forum.Proposals;

/// <summary>Who asks, and so which proposals exist: its own for an organisation, those in its queue for a working group, all for the committee.</summary>
public sealed record ProposalReader(string EditionCode, Guid? OrganisationId, IReadOnlyList<WorkingGroup> Groups, bool SeesAll)
{
    /// <summary>What this caller may see of an edition.</summary>
    public static ProposalReader Of(string edition, Caller caller) => new(
        edition, caller.Is(Roles.OrganisationAdministrator) ? caller.OrganisationId : null,
        [.. Enum.GetValues<WorkingGroup>().Where(group => caller.Is(group.Role()))], caller.Is(Roles.CommitteeOfficer));

    /// <summary>Whether it is the caller's own.</summary>
    public bool Owns(ForumProposal proposal) => IsThere(proposal) && proposal.OrganisationId == OrganisationId;

    /// <summary>Whether it is in the queue of the caller's group.</summary>
    public bool Reviews(ForumProposal proposal) => IsThere(proposal) && proposal.Sent && Groups.Contains(proposal.Form!.WorkingGroup!.Value);

    /// <summary>Whether it exists for the caller at all.</summary>
    public bool Reads(ForumProposal proposal) => Owns(proposal) || Reviews(proposal) || (SeesAll && IsThere(proposal));

    private bool IsThere(ForumProposal proposal) => proposal.Status != ProposalStatus.None && proposal.EditionCode == EditionCode;
}

/// <summary>Why something cannot be done with a proposal.</summary>
public static class ProposalRefusals
{
    /// <summary>There is none, or not for this caller.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("proposal.unknown", "没有这份论坛方案。", "There is no such forum proposal.");

    /// <summary>It has a room, and one is enough.</summary>
    public static readonly Refusal HasRoom = Refusal.Conflict("proposal.has_room", "该论坛已有会议室，请先释放。", "The forum has a room; release that first.");

    /// <summary>Only accepted ones get a room.</summary>
    public static readonly Refusal NotAccepted = Refusal.Conflict("proposal.not_accepted", "论坛方案尚未通过。", "The proposal is not accepted.");

    /// <summary>It stands elsewhere.</summary>
    public static Refusal WrongState(ForumProposal proposal) => Refusal.Conflict(
        "proposal.wrong_state", "论坛方案的当前状态不允许此操作。", "The proposal's present state does not allow this.")
        .With("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(proposal.Status.ToString()));
}
