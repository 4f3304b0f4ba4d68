using Expo.Forum.Rooms;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Forum.Proposals;

/// <summary>Where and when a forum is held; instants have Shanghai's offset.</summary>
public sealed record ForumPlace(string Room, Text? RoomName, string? Venue, Text? VenueName, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <summary>A forum that takes place, as everybody may see it; its speakers are announced with the programme.</summary>
public sealed record ListedForum(
    Guid Id, Guid OrganisationId, Text Title, ForumTier Tier, string? Series, int? SeriesEdition, IReadOnlyList<Organiser> Organisers,
    IReadOnlyList<ForumTopic> Topics, Text? OtherTopics, SessionFormat? Format, DeliveryMode DeliveryMode, bool LiveStream, ForumPlace? Place);

internal static class PublicForumsEndpoints
{
    private static readonly Refusal Unknown = Refusal.Unknown("forum.unknown", "没有这个论坛。", "There is no such forum.");

    public static void Map(RouteGroupBuilder forums)
    {
        forums.MapGet("", List).AllowAnonymous().Fulfils("F-01", "F-04").WithName("ListForums").WithSummary("The accepted forums with their rooms and times");
        forums.MapGet("/{forumId:guid}", One).AllowAnonymous().Fulfils("F-04").WithName("GetForum").WithSummary("One accepted forum");
    }

    private static async Task<Ok<Page<ListedForum>>> List(
        string edition, Paging paging, IQuerySession session, CancellationToken ct,
        [OneOf("shenzhen_forum", "sub_forum", "parallel", "thematic", "ceremony")] string? tier = null)
    {
        var rows = await session.QueryAsync<ForumProposal>(
            """
            where d.edition_code = ? and d.data ->> 'Status' = 'accepted' and (? = '' or d.data -> 'Form' ->> 'Tier' = ?)
            and d.id::text > ? order by d.id::text limit ?
            """,
            ct, edition, tier ?? "", tier ?? "", paging.After, paging.Limit + 1);
        var plan = await session.LoadAsync<RoomPlan>(RoomPlan.IdOf(edition), ct);
        return TypedResults.Ok(Page<ListedForum>.Of(rows.Select(proposal => Show(proposal, plan)).ToArray(), paging.Limit, forum => forum.Id.ToString()));
    }

    private static async Task<Results<Ok<ListedForum>, ProblemHttpResult>> One(string edition, Guid forumId, IQuerySession session, CancellationToken ct)
    {
        var proposal = await session.LoadAsync<ForumProposal>(forumId, ct);
        var plan = await session.LoadAsync<RoomPlan>(RoomPlan.IdOf(edition), ct);
        return (proposal is { Status: ProposalStatus.Accepted } && proposal.EditionCode == edition ? Show(proposal, plan) : null).OkOr(Unknown);
    }

    private static ListedForum Show(ForumProposal proposal, RoomPlan? plan)
    {
        var form = proposal.Form!;
        return new(
            proposal.Id, proposal.OrganisationId, form.Title, form.Tier!.Value, form.Series, form.SeriesEdition, form.Organisers, form.Topics,
            form.OtherTopics, form.Format, form.DeliveryMode!.Value, form.LiveStream, proposal.Room is { } given ? Place(given, plan) : null);
    }

    private static ForumPlace Place(GivenRoom given, RoomPlan? plan)
    {
        var room = plan?.Room(given.Room);
        return new(given.Room, room?.Name, room?.Venue, plan?.Venue(room?.Venue)?.Name, given.Slot.StartsAt, given.Slot.EndsAt);
    }
}
