using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Listings;

/// <summary>Publish a listing. It is submitted and published at once: nobody has to approve it first.</summary>
public sealed record PublishListing(Guid? Organisation)
{
    /// <summary>A draft whose work can still be done.</summary>
    public Decision<ListingEvent> Decide(Listing listing, DateTimeOffset now) => listing switch
    {
        _ when !listing.IsOf(Organisation) => ListingRefusals.Unknown,
        { Status: ListingStatus.Closed } => ListingRefusals.Closed,
        { Status: not ListingStatus.Drafted } => Decision<ListingEvent>.Nothing,
        _ when ListingRules.CheckDays(listing.Form!, now) is { } late => late,
        _ => new Decision<ListingEvent>.Accepted(
            new ListingSubmitted(listing.Id),
            new ListingPublished(listing.Id, listing.OrganisationId, listing.Form!.Kind!.Value, listing.Form.Direction!.Value)),
    };
}

internal static class PublishListingEndpoint
{
    public static void Map(RouteGroupBuilder listings) => listings
        .MapPost("/{listingId:guid}/publication", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(PublishListing))
        .WithSummary("Publish your need or offer")
        .Fulfils("M-02");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid listingId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Listing, ListingEvent>(
            listingId, new PublishListing(caller.OrganisationId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
