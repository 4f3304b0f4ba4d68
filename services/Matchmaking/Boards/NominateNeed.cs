using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Boards;

/// <summary>Which need goes on the board, from when until when (both days included), and at which rank; 1 is the top.</summary>
public sealed record NominateNeedRequest([Needed] Guid? ListingId, [Needed] DateOnly? From, [Needed] DateOnly? Until, [Needed, Within(1, 999)] int? Rank);

/// <summary>Select a need for a board.</summary>
/// <param name="Nomination">What is asked for.</param>
/// <param name="Board">The board, if the edition has it.</param>
/// <param name="Listing">The need, if it is known.</param>
/// <param name="OwnerKind">What the need's organisation is .</param>
public sealed record NominateNeed(PostingNominated Nomination, Board? Board, Listing? Listing, string OwnerKind)
{
    private const string StateOwned = "soe";

    /// <summary>A published need that is the board's kind, once on each board, for days that are not over.</summary>
    public Decision<PostingEvent> Decide(BoardPosting posting, DateTimeOffset now) => this switch
    {
        { Board: null } => Board.Unknown,
        _ when posting.IsLive && posting.NominationId == Nomination.NominationId => Decision<PostingEvent>.Nothing,
        { Listing: null or { WasPublished: false } } => Refusal.Rule("posting.need_unknown", "没有这条已发布的需求。", "There is no such published need."),
        { Listing.Status: ListingStatus.Closed } => ListingRefusals.Closed,
        { Listing.Form.Direction: not Direction.Request } => Refusal.Rule("posting.not_a_need", "只有需求可以上榜。", "Only needs go on a board, offers do not."),
        { Board.Scope: BoardScope.CentralSoe } when OwnerKind != StateOwned => Refusal.Rule(
            "board.soe_only", "该榜单只接受国有企业的需求。", "This board takes the needs of state-owned enterprises only.").With("kind", OwnerKind),
        { Board.Takes: { Count: > 0 } kinds } when !kinds.Contains(Listing.Form!.Kind!.Value) => Refusal.Rule(
            "board.other_kind", "该榜单不接受此类需求。", "This board does not take needs of this kind.").With("kind", Listing.Form.Kind!.Value.Code()),
        _ when Nomination.Until < Nomination.From => Refusal.Rule("period.unclear", "结束日期不能早于开始日期。", "The last day cannot be before the first."),
        _ when Nomination.Until < now.Today() => Refusal.Rule("period.over", "结束日期已过。", "The last day has passed.").With("until", $"{Nomination.Until:yyyy-MM-dd}"),
        _ when posting.IsLive => Refusal.Conflict("posting.exists", "该需求已在此榜单上。", "This need is on the board already."),
        _ => Nomination,
    };
}

/// <summary>The id of something new.</summary>
public sealed record NominatedNeed(Guid Id);

internal static class NominateNeedEndpoint
{
    public static void Map(RouteGroupBuilder postings) => postings
        .MapPost("", Handle)
        .Allow(Roles.CommitteeOfficer)
        .WithName(nameof(NominateNeed))
        .WithSummary("Select a published need for the board; it goes up when its period begins")
        .Fulfils("M-11");

    private static async Task<Results<Created<NominatedNeed>, ProblemHttpResult>> Handle(
        string edition, string code, NominateNeedRequest body, Streams streams, CancellationToken ct)
    {
        var board = (await streams.Read<Board>(Board.IdOf(edition, code), ct)).State;
        var listing = (await streams.Read<Listing>(body.ListingId!.Value, ct)).State;
        var owner = listing is null ? null : (await streams.Read<KnownOrganisation>(listing.OrganisationId, ct)).State;
        var id = BoardPosting.IdOf(edition, code, body.ListingId.Value);
        var nomination = new PostingNominated(
            id, Guid.CreateVersion7(), edition, code, body.ListingId.Value, listing?.OrganisationId ?? Guid.Empty, body.From!.Value, body.Until!.Value, body.Rank!.Value);
        var command = new NominateNeed(nomination, board, listing, owner?.Kind ?? "");
        var reply = Reply.Created($"/api/matchmaking/v1/editions/{edition}/boards/{code}/postings/{id}", new NominatedNeed(id));
        return await streams.Decide<BoardPosting, PostingEvent>(id, command.Decide, new With { Reply = reply }, ct).CreatedOrProblem<NominatedNeed>();
    }
}
