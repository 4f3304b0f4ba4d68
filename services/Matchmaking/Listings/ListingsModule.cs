using Expo.Kernel;
using Expo.Matchmaking.Interests;

namespace Expo.Matchmaking.Listings;

/// <summary>Needs and offers.</summary>
public static class ListingsModule
{
    /// <summary>Keeps needs and offers.</summary>
    public static EventStoreBuilder AddListings(this EventStoreBuilder store)
    {
        store.Services.AddScoped<OrganisationNames>();
        return store
            .Stream<Listing>()
            .Marten(options => options.Schema.For<Listing>().Duplicate(row => row.OrganisationId))
            .Event<ListingDrafted>("listing_drafted")
            .Event<ListingChanged>("listing_changed")
            .Event<ListingSubmitted>("listing_submitted")
            .Event<ListingPublished>("listing_published")
            .Event<ListingMatched>("listing_matched")
            .Event<ListingClosed>("listing_closed")
            .Timers<InterestAccepted>(MatchListingWhenInterestAccepted.Due)
            .Reaction<MatchListing, MatchListingWhenInterestAccepted>("match_listing");
    }

    /// <summary>Serves needs and offers.</summary>
    public static void MapListings(this RouteGroupBuilder api)
    {
        var listings = api.MapGroup("/listings").WithTags("Listings");
        ListingListEndpoints.Map(listings);
        DraftListingEndpoint.Map(listings);
        ChangeListingEndpoint.Map(listings);
        PublishListingEndpoint.Map(listings);
        CloseListingEndpoint.Map(listings);
    }
}
