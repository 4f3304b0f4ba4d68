using Expo.Matchmaking.Listings;
using static Expo.Matchmaking.Tests.Samples;
using static Expo.TestKit.Spec;

namespace Expo.Matchmaking.Tests.Listings;

public sealed class ListingLifeSpecs
{
    [Fact]
    [Requirement("M-02")]
    public void Its_organisation_publishes_a_need() =>
        Given<Listing>(Drafted).When(new PublishListing(Acme).Decide, at: Noon).Then(Submitted, Published).AndAgainNothing();

    [Fact]
    [Requirement("M-02")]
    public void Nobody_publishes_what_is_not_theirs()
    {
        Given<Listing>(Drafted).When(new PublishListing(Neighbour.Id).Decide, at: Noon).ThenRefused("listing.unknown");
        Given<Listing>(Drafted).When(new PublishListing(null).Decide, at: Noon).ThenRefused("listing.unknown");
        Given<Listing>().When(new PublishListing(Guid.Empty).Decide, at: Noon).ThenRefused("listing.unknown");
    }

    [Fact]
    public void A_need_whose_last_day_has_passed_is_not_published()
    {
        var past = Drafted with { Form = Form() with { Period = new(null, Today.AddDays(-1)) } };
        Given<Listing>(past).When(new PublishListing(Acme).Decide, at: Noon).ThenRefused("period.over");
        var today = Drafted with { Form = Form() with { Period = new(null, Today) } };
        Given<Listing>(today).When(new PublishListing(Acme).Decide, at: Noon).Then(Submitted, Published);
    }

    [Fact]
    public void What_is_closed_is_not_published_again() =>
        Given<Listing>(Drafted, Submitted, Published, Closed).When(new PublishListing(Acme).Decide, at: Noon).ThenRefused("listing.closed");

    [Fact]
    public void A_published_need_that_has_matched_stays_so_when_published_again() =>
        Given<Listing>(Drafted, Submitted, Published, Matched).When(new PublishListing(Acme).Decide, at: Noon).Then();

    [Fact]
    public void Its_owner_closes_it_once_and_the_first_reason_stands()
    {
        Given<Listing>(Drafted, Submitted, Published).When(new CloseListing(Acme, ClosureReason.Withdrawn).Decide, at: Noon).Then(Closed).AndAgainNothing();
        Given<Listing>(Drafted, Closed).When(new CloseListing(Acme, ClosureReason.Fulfilled).Decide, at: Noon).Then();
        Given<Listing>(Drafted).When(new CloseListing(Neighbour.Id, ClosureReason.Fulfilled).Decide, at: Noon).ThenRefused("listing.unknown");
    }

    [Fact]
    public void Each_accepted_interest_matches_it_once()
    {
        var match = new MatchListing(InterestA, Experts.Id);
        Given<Listing>(Drafted, Submitted, Published).When(match.Decide, at: Noon).Then(Matched).AndAgainNothing();
        var other = new MatchListing(Guid.CreateVersion7(), Neighbour.Id);
        Given<Listing>(Drafted, Submitted, Published, Matched).When(other.Decide, at: Noon).Then(new ListingMatched(NeedA, other.InterestId, Neighbour.Id)).AndAgainNothing();
    }

    [Fact]
    public void A_match_made_just_before_the_closing_is_recorded_and_opens_nothing()
    {
        var given = Given<Listing>(Drafted, Submitted, Published, Closed);
        given.When(new MatchListing(InterestA, Experts.Id).Decide, at: Noon).Then(Matched).AndAgainNothing();
        Assert.Equal(ListingStatus.Closed, given.State.Evolve(Matched).Status);
    }
}
