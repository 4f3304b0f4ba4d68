using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Listings;

/// <summary>Change a listing that has not ended.</summary>
public sealed record ChangeListing(Guid? Organisation, ListingForm Form)
{
    /// <summary>Once others have seen it, it stays the kind of thing that they saw: boards and answers rest on that.</summary>
    public Decision<ListingEvent> Decide(Listing listing, DateTimeOffset now)
    {
        if (!listing.IsOf(Organisation))
            return ListingRefusals.Unknown;
        if (listing.Status == ListingStatus.Closed)
            return ListingRefusals.Closed;
        if (Form.Says(listing.Form))
            return Decision<ListingEvent>.Nothing;
        if (ListingRules.Check(Form) is { } wrong)
            return wrong;
        if (listing.Status == ListingStatus.Drafted)
            return new ListingChanged(listing.Id, Form);
        if ((Form.Kind, Form.Direction) != (listing.Form!.Kind, listing.Form.Direction))
            return Refusal.Conflict("listing.kind_fixed", "发布后不能更改类别和供需方向。", "Once published, its kind and direction stay as they are.");
        return ListingRules.CheckDays(Form, now) is { } late ? late : new ListingChanged(listing.Id, Form);
    }
}

internal static class ChangeListingEndpoint
{
    public static void Map(RouteGroupBuilder listings) => listings
        .MapPut("/{listingId:guid}", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(ChangeListing))
        .WithSummary("Change your need or offer");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid listingId, ListingForm body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<Listing, ListingEvent>(
            listingId, new ChangeListing(caller.OrganisationId, body).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
