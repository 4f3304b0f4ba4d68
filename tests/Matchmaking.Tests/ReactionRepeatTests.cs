using Expo.Kernel.Timers;
using Expo.Matchmaking.Boards;
using Expo.Matchmaking.Interests;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests;

/// <summary>A reaction may run again after a crash, or late, when the world has moved on.</summary>
[Trait("needs", "postgres")]
public sealed class ReactionRepeatTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact]
    public async Task Every_reaction_that_is_repeated_at_the_end_changes_nothing()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var need = await Publish(owner);
        var posting = await Id(market.Post(await market.Edition(), need));
        var interest = await Id(Answer(experts, need));
        (await owner.Client.Post($"{Root}/interests/{interest}/acceptance")).Is(NoContent);
        (await owner.Client.Post($"{ListingAt(need)}/closure", new CloseListingRequest(ClosureReason.Fulfilled))).Is(NoContent);
        await Eventually.Is(() => Count(need, posting, interest), events => events == 10);

        await Again(need, new MatchListing(interest, experts.Organisation));
        await Again(need, new EndPostingsOf(need));
        await Again(need, new LapseInterestsIn(need));
        await Again(interest, new CheckInterest(need));
        var nomination = Guid.Parse((await market.App.Database.Ask<string>("select data ->> 'NominationId' from mt_doc_boardposting where id = $1", posting))!);
        await Again(posting, new BeginPosting(nomination));
        await Again(posting, new EndPosting(nomination, EndPosting.PeriodOver));
        Assert.Equal(10, await Count(need, posting, interest));
    }

    [Fact]
    public async Task A_nomination_and_an_answer_that_the_closing_overlooked_end_by_themselves()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var need = await Publish(owner);
        var edition = await market.Edition();
        (await owner.Client.Post($"{ListingAt(need)}/closure", new CloseListingRequest(ClosureReason.Withdrawn))).Is(NoContent);

        // As if both had been decided on the state before the closing, and committed after it.
        var posting = BoardPosting.IdOf(edition, Samples.Code, need);
        var nominated = Samples.Nominated with { PostingId = posting, EditionCode = edition, ListingId = need, OrganisationId = owner.Organisation };
        await market.App.Decide<Listing, BoardPosting, PostingEvent>(posting, (_, _) => nominated);
        Assert.Equal("listing_closed", (await market.PostingReaches($"{BoardAt(edition)}/postings/{posting}", PostingStatus.TakenDown)).Reason);

        var interest = ExpressionOfInterest.IdOf(experts.Organisation, need);
        var expressed = Samples.Expressed with { InterestId = interest, ListingId = need, OwnerId = owner.Organisation, OrganisationId = experts.Organisation };
        await market.App.Decide<Listing, ExpressionOfInterest, InterestEvent>(interest, (_, _) => expressed);
        await Eventually.Is(async () => (await experts.Client.Get($"{Root}/interests/{interest}")).Read<ListedInterest>().State, state => state == InterestStatus.Lapsed);
    }

    private Task<long> Count(params object[] streams) =>
        market.App.Database.Ask<long>("select count(*) from mt_events where stream_id in ($1, $2, $3)", streams);

    private static async Task<Guid> Id(Task<string> path) => Guid.Parse((await path).Split('/')[^1]);

    private async Task Again<TCommand>(Guid stream, TCommand command)
        where TCommand : class
    {
        await using var scope = market.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IReact<TCommand>>().React(stream, command, TestContext.Current.CancellationToken);
    }
}
