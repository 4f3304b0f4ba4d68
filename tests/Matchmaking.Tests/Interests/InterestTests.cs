using Expo.Matchmaking.Interests;
using Expo.Matchmaking.Listings;
using Expo.TestKit;
using static Expo.Matchmaking.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Matchmaking.Tests.Interests;

[Trait("needs", "postgres")]
public sealed class InterestTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact]
    [Requirement("M-03")]
    public async Task Overseas_experts_answer_a_need_and_its_owner_accepts()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var need = await Publish(owner);
        var interest = await Answer(experts, need);

        var received = Assert.Single((await owner.Client.Get($"{ListingAt(need)}/interests")).Is(OK).Read<Page<ListedInterest>>().Items);
        Assert.Equal((experts.Organisation, "示例单位", InterestStatus.Expressed), (received.OrganisationId, received.OrganisationName!.Zh, received.State));
        Assert.Equal((Samples.Answer.Message, ResourceKind.Technology), (received.Message, Assert.Single(received.Offers)));

        (await owner.Client.Post($"{interest}/viewing")).Is(NoContent);
        Assert.Equal(InterestStatus.Viewed, (await Read(experts, interest)).State);
        (await owner.Client.Post($"{interest}/acceptance")).Is(NoContent);
        Assert.Equal(InterestStatus.Accepted, (await Read(experts, interest)).State);
        await Eventually.Is(async () => (await market.Visitor.Get(ListingAt(need))).Is(OK).Read<ListedListing>().State, state => state == ListingStatus.Matched);
        Assert.Equal(["interest_expressed", "interest_viewed", "interest_accepted"], await History(experts.Client, interest));
        Assert.Equal(["listing_drafted", "listing_submitted", "listing_published", "listing_matched"], await History(owner.Client, ListingAt(need)));
    }

    [Fact]
    [Requirement("M-03")]
    public async Task Who_may_not_answer_is_told_why()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var need = await Publish(owner);
        var interests = $"{ListingAt(need)}/interests";

        (await market.Visitor.Post(interests, Samples.Answer)).Is(Unauthorized);
        (await market.Officer.Post(interests, Samples.Answer)).Is(Forbidden);
        (await (await market.Organisation()).Client.Post(interests, Samples.Answer)).IsRefused(UnprocessableEntity, "interest.overseas_only");
        (await owner.Client.Post(interests, Samples.Answer)).IsRefused(UnprocessableEntity, "interest.own_listing");
        (await market.App.Client(TestCaller.Organisation(Guid.CreateVersion7())).Post(interests, Samples.Answer)).IsRefused(Conflict, "organisation.not_verified");
        (await experts.Client.Post($"{ListingAt(await Draft(owner))}/interests", Samples.Answer)).IsRefused(NotFound, "listing.unknown");
        (await experts.Client.Post($"{ListingAt(Guid.CreateVersion7())}/interests", Samples.Answer)).IsRefused(NotFound, "listing.unknown");

        await Answer(experts, need);
        (await experts.Client.Post(interests, Samples.Answer)).IsRefused(Conflict, "interest.exists");
        Assert.Single((await owner.Client.Get(interests)).Read<Page<ListedInterest>>().Items);
    }

    [Fact]
    public async Task Only_the_two_sides_know_of_an_interest()
    {
        var (owner, experts, stranger) = (await market.Organisation(), await market.Experts(), await market.Experts());
        var need = await Publish(owner);
        var interest = await Answer(experts, need);

        foreach (var call in (string[])["viewing", "acceptance", "withdrawal"])
            (await stranger.Client.Post($"{interest}/{call}")).IsRefused(NotFound, "interest.unknown");
        (await stranger.Client.Post($"{interest}/decline", new DeclineInterestRequest(DeclineReason.Other))).IsRefused(NotFound, "interest.unknown");
        (await stranger.Client.Get(interest)).IsRefused(NotFound, "interest.unknown");
        (await stranger.Client.Get($"{interest}/history")).IsRefused(NotFound, "interest.unknown");
        (await experts.Client.Get($"{ListingAt(need)}/interests")).IsRefused(NotFound, "listing.unknown");
        (await experts.Client.Post($"{interest}/acceptance")).IsRefused(NotFound, "interest.unknown");
        (await owner.Client.Post($"{interest}/withdrawal")).IsRefused(NotFound, "interest.unknown");
        (await market.Officer.Get(interest)).Is(Forbidden);
        Assert.Empty((await stranger.Client.Get($"{Root}/interests")).Is(OK).Read<Page<ListedInterest>>().Items);
        Assert.Equal(need, Assert.Single((await experts.Client.Get($"{Root}/interests")).Is(OK).Read<Page<ListedInterest>>().Items).ListingId);
    }

    [Fact]
    public async Task What_is_written_to_the_owner_is_in_no_event()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var secret = Guid.CreateVersion7().ToString("N");
        var answer = Samples.Answer with { Message = $"👩🏽‍🔬 {secret}" };
        var interest = (await experts.Client.Post($"{ListingAt(await Publish(owner))}/interests", answer)).Is(Created).Headers.Location!.ToString();

        var read = await owner.Client.Get(interest);
        Assert.True(read.Headers.CacheControl?.NoStore);
        Assert.Equal(answer.Message, read.Read<ListedInterest>().Message);
        var database = market.App.Database;
        foreach (var table in (string[])["mt_events", "mt_doc_expressionofinterest", "mt_doc_personalrow", "mt_doc_timerrow"])
            Assert.Equal(0, await database.Ask<long>($"select count(*) from {table} where data::text like '%' || $1 || '%'", secret));
        Assert.Equal(34, await database.Ask<int>(
            "select (data ->> 'MessageLength')::int from mt_events where stream_id = $1", Guid.Parse(interest.Split('/')[^1])));
    }

    [Fact]
    public async Task An_erased_message_is_gone_and_the_interest_stays()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var interest = await Answer(experts, await Publish(owner));
        var erased = await market.App.Database.Ask<long>(
            """
            with gone as (delete from mt_doc_subjectkey where data ->> 'Subject' = (
                select data ->> 'MessageId' from mt_doc_expressionofinterest where id = $1) returning id) select count(*) from gone
            """, Guid.Parse(interest.Split('/')[^1]));

        Assert.Equal(1, erased);
        var left = await Read(owner, interest);
        Assert.Equal((null, InterestStatus.Expressed), (left.Message, left.State));
        (await owner.Client.Post($"{interest}/acceptance")).Is(NoContent);
    }

    [Fact]
    public async Task An_answer_taken_back_can_be_given_anew_and_a_declined_one_cannot()
    {
        var (owner, experts) = (await market.Organisation(), await market.Experts());
        var need = await Publish(owner);
        var interest = await Answer(experts, need);

        (await experts.Client.Post($"{interest}/withdrawal")).Is(NoContent);
        (await owner.Client.Post($"{interest}/acceptance")).IsRefused(Conflict, "interest.wrong_state");
        Assert.Equal(interest, await Answer(experts, need));
        (await owner.Client.Post($"{interest}/decline", new DeclineInterestRequest(DeclineReason.OtherPartnerChosen))).Is(NoContent);
        Assert.Equal(DeclineReason.OtherPartnerChosen, (await Read(experts, interest)).DeclinedBecause);
        (await experts.Client.Post($"{ListingAt(need)}/interests", Samples.Answer)).IsRefused(Conflict, "interest.exists");
        (await experts.Client.Post($"{interest}/withdrawal")).IsRefused(Conflict, "interest.wrong_state");
    }

    [Fact]
    [Requirement("M-03")]
    public async Task Undecided_interests_lapse_when_the_need_is_closed_and_no_new_one_comes()
    {
        var (owner, experts, others) = (await market.Organisation(), await market.Experts(), await market.Experts());
        var need = await Publish(owner);
        var (undecided, accepted) = (await Answer(experts, need), await Answer(others, need));
        (await owner.Client.Post($"{accepted}/acceptance")).Is(NoContent);
        (await owner.Client.Post($"{ListingAt(need)}/closure", new CloseListingRequest(ClosureReason.Fulfilled))).Is(NoContent);

        await Eventually.Is(async () => (await Read(experts, undecided)).State, state => state == InterestStatus.Lapsed);
        Assert.Equal(InterestStatus.Accepted, (await Read(others, accepted)).State);
        (await (await market.Experts()).Client.Post($"{ListingAt(need)}/interests", Samples.Answer)).IsRefused(Conflict, "listing.closed");
        await Eventually.Is(() => History(owner.Client, ListingAt(need)), events => events.Contains("listing_matched"));
    }

    private static async Task<ListedInterest> Read(Participant reader, string interest) => (await reader.Client.Get(interest)).Is(OK).Read<ListedInterest>();
}
