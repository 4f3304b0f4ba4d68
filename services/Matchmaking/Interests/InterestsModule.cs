using Expo.Kernel;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Interests;

/// <summary>Expressions of interest in needs and offers.</summary>
public static class InterestsModule
{
    /// <summary>Keeps expressions of interest.</summary>
    public static EventStoreBuilder AddInterests(this EventStoreBuilder store)
    {
        store.Services.AddScoped<UndecidedInterests>().AddScoped<InterestCards>();
        return store
            .Stream<ExpressionOfInterest>()
            .Marten(options => options.Schema.For<ExpressionOfInterest>().Duplicate(row => row.ListingId).Duplicate(row => row.OrganisationId))
            .Event<InterestExpressed>("interest_expressed")
            .Event<InterestViewed>("interest_viewed")
            .Event<InterestAccepted>("interest_accepted")
            .Event<InterestDeclined>("interest_declined")
            .Event<InterestWithdrawn>("interest_withdrawn")
            .Event<InterestLapsed>("interest_lapsed")
            .Timers<ListingClosed>(LapseInterestsWhenListingClosed.Due)
            .Reaction<LapseInterestsIn, LapseInterestsWhenListingClosed>("lapse_interests_in")
            .Timers<InterestExpressed>(LapseInterestWhenExpressedTooLate.Due)
            .Reaction<CheckInterest, LapseInterestWhenExpressedTooLate>("check_interest");
    }

    /// <summary>Serves expressions of interest.</summary>
    public static void MapInterests(this RouteGroupBuilder api)
    {
        var listings = api.MapGroup("/listings").WithTags("Interests");
        ExpressInterestEndpoint.Map(listings);
        InterestListEndpoints.MapReceived(listings);
        var interests = api.MapGroup("/interests").WithTags("Interests");
        InterestListEndpoints.Map(interests);
        AnswerInterestEndpoints.Map(interests);
        WithdrawInterestEndpoint.Map(interests);
    }
}
