using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Listings;

/// <summary>Why it is closed.</summary>
public sealed record CloseListingRequest([Needed] ClosureReason? Reason);

/// <summary>End a listing; postings and undecided interests end with it.</summary>
public sealed record CloseListing(Guid? Organisation, ClosureReason Reason)
{
    /// <summary>From any state; it ends once, and the first reason stands.</summary>
    public Decision<ListingEvent> Decide(Listing listing, DateTimeOffset now) => listing switch
    {
        _ when !listing.IsOf(Organisation) => ListingRefusals.Unknown,
        { Status: ListingStatus.Closed } => Decision<ListingEvent>.Nothing,
        _ => new ListingClosed(listing.Id, Reason),
    };
}

internal static class CloseListingEndpoint
{
    public static void Map(RouteGroupBuilder listings) => listings
        .MapPost("/{listingId:guid}/closure", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(CloseListing))
        .WithSummary("Close your need or offer");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid listingId, CloseListingRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Listing, ListingEvent>(
            listingId, new CloseListing(caller.OrganisationId, body.Reason!.Value).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
