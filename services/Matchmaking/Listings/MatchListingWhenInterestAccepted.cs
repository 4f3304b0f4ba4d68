using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Matchmaking.Interests;

namespace Expo.Matchmaking.Listings;

/// <summary>Record that an accepted interest made a match.</summary>
public sealed record MatchListing(Guid InterestId, Guid PartnerId)
{
    /// <summary>Each interest counts once; one that was accepted just before the listing closed counts too.</summary>
    public Decision<ListingEvent> Decide(Listing listing, DateTimeOffset now) =>
        listing.Matches.Contains(InterestId) ? Decision<ListingEvent>.Nothing : new ListingMatched(listing.Id, InterestId, PartnerId);
}

/// <summary>An interest was accepted; its need has found a partner.</summary>
internal sealed class MatchListingWhenInterestAccepted(Streams streams) : IReact<MatchListing>
{
    public static IEnumerable<Due> Due(InterestAccepted accepted, DateTimeOffset now) =>
        [new Due(now, accepted.ListingId, new MatchListing(accepted.InterestId, accepted.OrganisationId))];

    public Task React(Guid stream, MatchListing command, CancellationToken ct) =>
        streams.Decide<Listing, ListingEvent>(stream, command.Decide, ct).MustAccept();
}
