using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Boards;

/// <summary>A need on a board as it is shown; reason and note only to the committee.</summary>
public sealed record ListedPosting(
    Guid Id, int Rank, PostingStatus State, DateOnly From, DateOnly Until, PostedNeed Need, string? Reason, string? Note);

/// <summary>What a board says of a need.</summary>
public sealed record PostedNeed(
    Guid ListingId, Text Title, Text Summary, ListingKind? Kind, ResourceKind? ResourceKind, ListingStatus State, Guid OrganisationId, Text? OrganisationName);

/// <summary>The postings that a closed listing would leave behind.</summary>
internal sealed class LivePostings(IQuerySession session)
{
    /// <summary>Those of a listing, on whatever board.</summary>
    public Task<IReadOnlyList<BoardPosting>> Of(Guid listing, CancellationToken ct) =>
        session.QueryAsync<BoardPosting>("where d.listing_id = ? and d.data ->> 'Status' in ('nominated', 'posted')", ct, listing);
}

internal static class PostingListEndpoints
{
    private const string Place = "lpad(d.data ->> 'Rank', 3, '0') || '/' || d.id::text";

    public static void Map(RouteGroupBuilder postings)
    {
        postings.MapGet("", List).AllowAnonymous()
            .WithName("ListPostings").WithSummary("The needs on the board by rank; the committee asks for nominated ones and those taken down as well").Fulfils("M-11");
        postings.MapGet("/{postingId:guid}", One).AllowAnonymous().WithName("GetPosting").WithSummary("One need on the board");
        postings.MapHistory<BoardPosting>("GetPostingHistory", BoardPosting.Unknown, (_, caller) => caller.Is(Roles.CommitteeOfficer)).Allow(Roles.CommitteeOfficer);
    }

    private static async Task<Results<Ok<Page<ListedPosting>>, ProblemHttpResult>> List(
        string edition, string code, Paging paging, Caller? caller, Streams streams, PostedNeeds needs, IQuerySession session, CancellationToken ct,
        [OneOf("nominated", "posted", "taken_down")] string state = "posted")
    {
        if ((await streams.Read<Board>(Board.IdOf(edition, code), ct)).State is null)
            return Board.Unknown.ToProblem();

        var rows = MaySee(caller, state)
            ? await session.QueryAsync<BoardPosting>(
                $"where d.edition_code = ? and d.data ->> 'BoardCode' = ? and d.data ->> 'Status' = ? and {Place} > ? order by {Place} limit ?",
                ct, edition, code, state, paging.After, paging.Limit + 1)
            : [];
        return TypedResults.Ok(Page<ListedPosting>.Of(await needs.Show(rows, caller, ct), paging.Limit, posting => $"{posting.Rank:D3}/{posting.Id}"));
    }

    private static async Task<Results<Ok<ListedPosting>, ProblemHttpResult>> One(
        string edition, string code, Guid postingId, Caller? caller, Streams streams, PostedNeeds needs, CancellationToken ct)
    {
        var (posting, _) = await streams.Read<BoardPosting>(postingId, ct);
        var shown = posting is not null && (posting.EditionCode, posting.BoardCode) == (edition, code) && MaySee(caller, posting.Status.Code());
        return (shown ? (await needs.Show([posting!], caller, ct))[0] : null).OkOr(BoardPosting.Unknown);
    }

    private static bool MaySee(Caller? caller, string state) => state == "posted" || caller?.Is(Roles.CommitteeOfficer) == true;
}

/// <summary>Puts to postings what their needs say now.</summary>
internal sealed class PostedNeeds(IQuerySession session, OrganisationNames names)
{
    public async Task<IReadOnlyList<ListedPosting>> Show(IReadOnlyList<BoardPosting> postings, Caller? caller, CancellationToken ct)
    {
        var listings = (await session.LoadManyAsync<Listing>(ct, postings.Select(posting => posting.ListingId).Distinct().ToArray())).ToDictionary(listing => listing.Id);
        var known = await names.Of(postings.Select(posting => posting.OrganisationId), ct);
        var why = caller?.Is(Roles.CommitteeOfficer) == true;
        return [.. postings.Select(posting => new ListedPosting(
            posting.Id, posting.Rank, posting.Status, posting.From, posting.Until,
            Need(listings[posting.ListingId], known), why ? posting.Reason : null, why ? posting.Note : null))];
    }

    private static PostedNeed Need(Listing listing, IReadOnlyDictionary<Guid, Text> names) => new(
        listing.Id, listing.Form!.Title, listing.Form.Summary, listing.Form.Kind, listing.Form.ResourceKind, listing.Status, listing.OrganisationId,
        names.GetValueOrDefault(listing.OrganisationId));
}
