using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests.Boards;

[Trait("needs", "postgres")]
public sealed class PostingTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact]
    [Requirement("M-11")]
    public async Task An_officer_puts_needs_on_a_board_and_everybody_reads_it_by_rank()
    {
        var edition = await market.Edition();
        var owner = await market.Organisation();
        var (second, first, last) = (await Publish(owner), await Publish(owner), await Publish(owner));
        await market.Post(edition, second, rank: 20);
        await market.Post(edition, first, rank: 3);
        await market.Post(edition, last, rank: 100);

        var page = (await market.Visitor.Get($"{BoardAt(edition)}/postings?limit=2")).Is(OK).Read<Page<ListedPosting>>();
        Assert.Equal([first, second], page.Items.Select(posting => posting.Need.ListingId));
        Assert.Equal(("低温固态电池隔膜", "示例单位"), (page.Items[0].Need.Title.Zh, page.Items[0].Need.OrganisationName!.Zh));
        var rest = (await market.Visitor.Get($"{BoardAt(edition)}/postings?limit=2&cursor={page.NextCursor}")).Is(OK).Read<Page<ListedPosting>>();
        Assert.Equal(last, Assert.Single(rest.Items).Need.ListingId);
    }

    [Fact]
    [Requirement("M-11")]
    public async Task The_same_need_is_on_a_board_once_and_on_another_board_too()
    {
        var edition = await market.Edition();
        (await market.Officer.Put(BoardAt(edition, "other"), Samples.Define())).Is(NoContent);
        var need = await Publish(await market.Organisation());
        var posting = await market.Post(edition, need);

        (await market.Officer.Post($"{BoardAt(edition)}/postings", Samples.Nominate(need))).IsRefused(Conflict, "posting.exists");
        (await market.Officer.Post($"{BoardAt(edition, "other")}/postings", Samples.Nominate(need))).Is(Created);
        Assert.Equal(["posting_nominated", "posting_posted"], await History(market.Officer, posting));
    }

    [Fact]
    public async Task Twenty_officers_who_select_one_need_at_once_make_one_posting()
    {
        var edition = await market.Edition();
        var need = await Publish(await market.Organisation());
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(rank => market.Officer.Post($"{BoardAt(edition)}/postings", Samples.Nominate(need, rank))));

        var posting = Assert.Single(answers, answer => answer.Status == Created).Headers.Location!.ToString();
        Assert.All(answers.Where(answer => answer.Status != Created), answer => answer.IsRefused(Conflict, "posting.exists"));
        await market.PostingReaches(posting, PostingStatus.Posted);
        Assert.Equal(["posting_nominated", "posting_posted"], await History(market.Officer, posting));
    }

    [Fact]
    public async Task A_board_for_central_state_owned_enterprises_takes_only_theirs()
    {
        var edition = await market.Edition(BoardScope.CentralSoe);
        var postings = $"{BoardAt(edition)}/postings";
        var answer = (await market.Officer.Post(postings, Samples.Nominate(await Publish(await market.Organisation())))).IsRefused(UnprocessableEntity, "board.soe_only");
        Assert.Equal("enterprise", answer.Json.GetProperty("params").GetProperty("kind").GetString());
        (await market.Officer.Post(postings, Samples.Nominate(await Publish(await market.Organisation("soe"))))).Is(Created);
    }

    [Fact]
    public async Task What_is_not_published_does_not_go_on_a_board()
    {
        var edition = await market.Edition();
        var owner = await market.Organisation();
        var postings = $"{BoardAt(edition)}/postings";
        (await market.Officer.Post(postings, Samples.Nominate(await Draft(owner)))).IsRefused(UnprocessableEntity, "posting.need_unknown");
        (await market.Officer.Post(postings, Samples.Nominate(Guid.CreateVersion7()))).IsRefused(UnprocessableEntity, "posting.need_unknown");
        (await market.Officer.Post(postings, Samples.Nominate(await Publish(owner, Samples.Offer())))).IsRefused(UnprocessableEntity, "posting.not_a_need");
        (await market.Officer.Post($"{BoardAt(edition, "none")}/postings", Samples.Nominate(await Publish(owner)))).IsRefused(NotFound, "board.unknown");
        (await owner.Client.Post(postings, Samples.Nominate(await Publish(owner)))).Is(Forbidden);
        (await market.Visitor.Get($"{BoardAt(edition, "none")}/postings")).IsRefused(NotFound, "board.unknown");
        Assert.Empty((await market.Visitor.Get(postings)).Is(OK).Read<Page<ListedPosting>>().Items);
    }

    [Fact]
    [Requirement("M-11")]
    public async Task A_closed_need_comes_off_every_board()
    {
        var (one, two) = (await market.Edition(), await market.Edition());
        var owner = await market.Organisation();
        var need = await Publish(owner);
        string[] postings = [await market.Post(one, need), await market.Post(two, need)];

        (await owner.Client.Post($"{ListingAt(need)}/closure", new CloseListingRequest(ClosureReason.Fulfilled))).Is(NoContent);
        foreach (var (posting, edition) in postings.Zip((string[])[one, two]))
        {
            Assert.Equal("listing_closed", (await market.PostingReaches(posting, PostingStatus.TakenDown)).Reason);
            var last = (await market.Officer.Get($"{posting}/history")).Json.GetProperty("items").EnumerateArray().Last();
            Assert.Equal(("posting_taken_down", edition), (last.GetProperty("event").GetString(), last.GetProperty("edition").GetString()));
            (await market.Visitor.Get(posting)).IsRefused(NotFound, "posting.unknown");
        }
    }

    [Fact]
    public async Task An_officer_takes_a_need_down_and_may_put_it_up_again()
    {
        var edition = await market.Edition();
        var need = await Publish(await market.Organisation());
        var posting = await market.Post(edition, need);
        var down = new TakeDownPostingRequest("内容有误");

        (await market.Visitor.Post($"{posting}/take-down", down)).Is(Unauthorized);
        (await market.Officer.Post($"{BoardAt(edition, "other")}/postings/{posting.Split('/')[^1]}/take-down", down)).IsRefused(NotFound, "posting.unknown");
        (await market.Officer.Post($"{posting}/take-down", down)).Is(NoContent);
        (await market.Officer.Post($"{posting}/take-down", down)).Is(NoContent);
        var seen = await market.PostingReaches(posting, PostingStatus.TakenDown);
        Assert.Equal(("taken_down", "内容有误"), (seen.Reason, seen.Note));
        Assert.Single((await market.Officer.Get($"{BoardAt(edition)}/postings?state=taken_down")).Read<Page<ListedPosting>>().Items);
        Assert.Empty((await market.Visitor.Get($"{BoardAt(edition)}/postings?state=taken_down")).Is(OK).Read<Page<ListedPosting>>().Items);

        Assert.Equal(posting, await market.Post(edition, need));
        Assert.Equal(
            ["posting_nominated", "posting_posted", "posting_taken_down", "posting_nominated", "posting_posted"], await History(market.Officer, posting));
        (await market.Visitor.Get($"{posting}/history")).Is(Unauthorized);
        (await market.Visitor.Get($"{BoardAt(edition)}/postings?state=lost")).Is(UnprocessableEntity);
    }
}
