using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>An accepted forum that waits for a room: what the Shenzhen group has to know, whichever group accepted it (W5: requested).</summary>
public sealed record RoomRequest(
    Guid ProposalId, Guid OrganisationId, WorkingGroup WorkingGroup, Text Title, ForumTier Tier, int Audience, int? Seats, Slot Preferred,
    Interpreting Interpreting, bool LiveStream);

internal static class RoomRequestsEndpoint
{
    public static void Map(RouteGroupBuilder edition) => edition
        .MapGet("/room-requests", List)
        .Allow(Roles.ShenzhenGroup, Roles.CommitteeOfficer)
        .Fulfils("F-04")
        .WithTags("Room days")
        .WithName("ListRoomRequests")
        .WithSummary("The accepted forums that wait for a room, with the time and size they wish for");

    private static async Task<Ok<Page<RoomRequest>>> List(string edition, Paging paging, IQuerySession session, CancellationToken ct)
    {
        var rows = await session.QueryAsync<ForumProposal>(
            """
            where d.edition_code = ? and d.data ->> 'Status' = 'accepted' and d.data ->> 'Room' is null
            and d.data -> 'Form' ->> 'DeliveryMode' <> 'online' and d.id::text > ? order by d.id::text limit ?
            """,
            ct, edition, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<RoomRequest>.Of(rows.Select(Show).ToArray(), paging.Limit, request => request.ProposalId.ToString()));
    }

    private static RoomRequest Show(ForumProposal proposal)
    {
        var form = proposal.Form!;
        return new(
            proposal.Id, proposal.OrganisationId, form.WorkingGroup!.Value, form.Title, form.Tier!.Value, form.Audience!.Value, form.Seats,
            form.Preferred.Slot, form.Interpreting!.Value, form.LiveStream);
    }
}
