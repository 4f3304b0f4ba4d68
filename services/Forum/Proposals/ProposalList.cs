using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>A proposal in a queue, in short.</summary>
public sealed record ListedProposal(
    Guid Id, Guid OrganisationId, WorkingGroup WorkingGroup, ProposalStatus State, ContentReviewState Content, Text Title, ForumTier Tier, Slot Preferred,
    GivenRoom? Room)
{
    internal static ListedProposal Of(ForumProposal proposal) => new(
        proposal.Id, proposal.OrganisationId, proposal.Form!.WorkingGroup!.Value, proposal.Status, proposal.Content, proposal.Form.Title,
        proposal.Form.Tier!.Value, proposal.Form.Preferred.Slot, proposal.Room);
}

/// <summary>A speaker as those see them who may see the proposal; without a name when they were erased.</summary>
public sealed record ShownSpeaker(Guid Id, SpeechKind Kind, bool Confirmed, string? NameZh, string? NameEn, string? Title, string? Country);

/// <summary>A whole proposal, as its proposer, its working group and the committee see it.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="OrganisationId">The proposer.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Content">Where the content review stands.</param>
/// <param name="ContentReason">Why the content review sent it back.</param>
/// <param name="Reason">What the group said when it decided.</param>
/// <param name="AdmittedLate">Who set a soft deadline aside for it, and why.</param>
/// <param name="Form">What is proposed.</param>
/// <param name="Speakers">Who speaks.</param>
/// <param name="Room">The room that it has.</param>
public sealed record ShownProposal(
    Guid Id, Guid OrganisationId, ProposalStatus State, ContentReviewState Content, ContentReturnReason? ContentReason, Text? Reason, Override? AdmittedLate,
    ProposalForm Form, IReadOnlyList<ShownSpeaker> Speakers, GivenRoom? Room);

internal static class ProposalListEndpoints
{
    public static void Map(RouteGroupBuilder proposals)
    {
        string[] readers = [Roles.OrganisationAdministrator, Roles.BeijingGroup, Roles.ShenzhenGroup, Roles.CommitteeOfficer];
        proposals.MapGet("", List).Allow(readers).Fulfils("F-03")
            .WithName("ListProposals").WithSummary("Forum proposals, oldest first: your own, your working group's queue, or all for the committee");
        proposals.MapGet("/{proposalId:guid}", One).Allow(readers).Fulfils("F-03").WithName("GetProposal").WithSummary("One forum proposal with its speakers");
        proposals.MapHistory<ForumProposal>(
            "GetProposalHistory", ProposalRefusals.Unknown,
            (proposal, caller) => ProposalReader.Of(proposal.EditionCode, caller).Reads(proposal)).Allow(readers);
    }

    private static async Task<Ok<Page<ListedProposal>>> List(
        string edition, Paging paging, Caller caller, IQuerySession session, CancellationToken ct,
        [OneOf("beijing", "shenzhen")] string? queue = null,
        [OneOf("draft", "submitted", "in_review", "returned", "accepted", "declined", "withdrawn")] string? state = null)
    {
        var reader = ProposalReader.Of(edition, caller);
        var rows = await session.QueryAsync<ForumProposal>(
            """
            where d.edition_code = ? and (? = 'all' or d.data ->> 'OrganisationId' = ?
                or (d.data ->> 'Sent' = 'true' and d.data -> 'Form' ->> 'WorkingGroup' in (?, ?)))
            and (? = '' or (d.data ->> 'Sent' = 'true' and d.data -> 'Form' ->> 'WorkingGroup' = ?)) and (? = '' or d.data ->> 'Status' = ?)
            and d.id::text > ? order by d.id::text limit ?
            """,
            ct, edition, reader.SeesAll ? "all" : "", reader.OrganisationId?.ToString() ?? "",
            reader.Groups.Contains(WorkingGroup.Beijing) ? "beijing" : "", reader.Groups.Contains(WorkingGroup.Shenzhen) ? "shenzhen" : "",
            queue ?? "", queue ?? "", state ?? "", state ?? "", paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ListedProposal>.Of(rows.Select(ListedProposal.Of).ToArray(), paging.Limit, proposal => proposal.Id.ToString()));
    }

    private static async Task<Results<Ok<ShownProposal>, ProblemHttpResult>> One(
        string edition, Guid proposalId, Caller caller, Streams streams, PersonalData personal, HttpResponse response, CancellationToken ct)
    {
        var (proposal, _) = await streams.Read<ForumProposal>(proposalId, ct);
        if (proposal is null || !ProposalReader.Of(edition, caller).Reads(proposal))
            return ProposalRefusals.Unknown.ToProblem();

        var details = await personal.Read<SpeakerDetails>(proposal.Speakers.Select(speaker => speaker.Id), ct);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new ShownProposal(
            proposal.Id, proposal.OrganisationId, proposal.Status, proposal.Content, proposal.ContentReason, proposal.Reason, proposal.AdmittedLate,
            proposal.Form!, [.. proposal.Speakers.Select(speaker => Show(speaker, details.GetValueOrDefault(speaker.Id)))], proposal.Room));
    }

    private static ShownSpeaker Show(Speaker speaker, SpeakerDetails? details) =>
        new(speaker.Id, speaker.Kind, speaker.Confirmed, details?.NameZh, details?.NameEn, details?.Title, details?.Country);
}
