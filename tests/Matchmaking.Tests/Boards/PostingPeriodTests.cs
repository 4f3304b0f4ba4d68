using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests.Boards;

/// <summary>These move the clock, so each has a market of its own.</summary>
[Trait("needs", "postgres")]
public sealed class PostingPeriodTests : IAsyncLifetime
{
    private readonly Market market = new();

    public ValueTask InitializeAsync() => market.InitializeAsync();

    public ValueTask DisposeAsync() => market.DisposeAsync();

    [Fact]
    [Requirement("M-11")]
    public async Task A_need_is_on_the_board_from_its_first_day_to_the_end_of_its_last()
    {
        var edition = await market.Edition();
        var need = await Publish(await market.Organisation());
        var days = Samples.Nominate(need) with { From = Samples.Today.AddDays(1), Until = Samples.Today.AddDays(2) };
        var posting = await Nominate(edition, days);

        market.Clock.MoveTo(new DateTimeOffset(2023, 3, 1, 15, 59, 59, TimeSpan.Zero)); // the last second of the day before, in Shanghai
        (await market.Visitor.Get(posting)).IsRefused(NotFound, "posting.unknown");
        Assert.Equal(PostingStatus.Nominated, (await market.Officer.Get(posting)).Is(OK).Read<ListedPosting>().State);
        market.Clock.Advance(TimeSpan.FromSeconds(1));
        await market.PostingReaches(posting, PostingStatus.Posted);

        market.Clock.MoveTo(new DateTimeOffset(2023, 3, 3, 15, 59, 59, TimeSpan.Zero));
        (await market.Visitor.Get(posting)).Is(OK);
        market.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("period_over", (await market.PostingReaches(posting, PostingStatus.TakenDown)).Reason);
        (await market.Officer.Post($"{BoardAt(edition)}/postings", days)).IsRefused(UnprocessableEntity, "period.over");
    }

    [Fact]
    public async Task A_need_that_is_closed_before_its_first_day_never_goes_up()
    {
        var edition = await market.Edition();
        var owner = await market.Organisation();
        var need = await Publish(owner);
        var posting = await Nominate(edition, Samples.Nominate(need) with { From = Samples.Today.AddDays(5) });

        (await owner.Client.Post($"{ListingAt(need)}/closure", new CloseListingRequest(ClosureReason.Withdrawn))).Is(NoContent);
        await market.PostingReaches(posting, PostingStatus.TakenDown);
        Assert.Equal(["posting_nominated", "posting_taken_down"], await History(market.Officer, posting));
    }

    private async Task<string> Nominate(string edition, NominateNeedRequest request) =>
        (await market.Officer.Post($"{BoardAt(edition)}/postings", request)).Is(Created).Headers.Location!.ToString();
}
