using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Listings;

/// <summary>A need or an offer as it is shown.</summary>
/// <param name="Id">The listing.</param>
/// <param name="OrganisationId">Whose it is.</param>
/// <param name="OrganisationName">What that organisation is called.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ClosedBecause">Why it was closed, if it was.</param>
/// <param name="Availability">All year round: it belongs to no edition.</param>
/// <param name="Form">What it says.</param>
public sealed record ListedListing(
    Guid Id, Guid OrganisationId, Text? OrganisationName, ListingStatus State, ClosureReason? ClosedBecause, Availability Availability, ListingForm Form);

internal static class ListingListEndpoints
{
    public static void Map(RouteGroupBuilder listings)
    {
        listings.MapGet("", Published).AllowAnonymous()
            .WithName("ListListings").WithSummary("Published needs and offers, newest first").Fulfils("M-01", "M-02");
        listings.MapGet("/own", Own).Allow(Roles.OrganisationAdministrator)
            .WithName("ListOwnListings").WithSummary("The needs and offers of your organisation, drafts and closed ones too, newest first");
        listings.MapGet("/{listingId:guid}", One).AllowAnonymous().WithName("GetListing").WithSummary("One need or offer");
        listings.MapHistory<Listing>("GetListingHistory", ListingRefusals.Unknown, MayRead).Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer);
    }

    private static async Task<Ok<Page<ListedListing>>> Published(
        Paging paging, IQuerySession session, OrganisationNames names, CancellationToken ct,
        [OneOf("project_cooperation", "talent_demand", "talent_resource")] string? kind = null,
        [OneOf("offer", "request")] string? direction = null,
        [OneOf("project", "technology", "funding", "talent")] string? resourceKind = null,
        [OneOf("technology_matching", "research_cooperation", "result_transfer", "recruitment")] string? cooperationMode = null,
        [LengthUpTo(64)] string field = "")
    {
        var rows = await session.QueryAsync<Listing>(
            """
            where d.data ->> 'Status' in ('published', 'matched')
            and (? = '' or d.data -> 'Form' ->> 'Kind' = ?) and (? = '' or d.data -> 'Form' ->> 'Direction' = ?)
            and (? = '' or d.data -> 'Form' ->> 'ResourceKind' = ?) and (? = '' or d.data -> 'Form' -> 'CooperationModes' @> to_jsonb(?::text))
            and (? = '' or d.data -> 'Form' -> 'Fields' @> to_jsonb(?::text))
            and (? = '' or d.id::text < ?) order by d.id::text desc limit ?
            """,
            ct, kind ?? "", kind ?? "", direction ?? "", direction ?? "", resourceKind ?? "", resourceKind ?? "", cooperationMode ?? "", cooperationMode ?? "",
            field, field, paging.After, paging.After, paging.Limit + 1);
        return await Shown(rows, paging, names, ct);
    }

    private static async Task<Ok<Page<ListedListing>>> Own(Paging paging, Caller caller, IQuerySession session, OrganisationNames names, CancellationToken ct)
    {
        var rows = await session.QueryAsync<Listing>(
            "where d.organisation_id = ? and (? = '' or d.id::text < ?) order by d.id::text desc limit ?",
            ct, caller.OrganisationId ?? Guid.Empty, paging.After, paging.After, paging.Limit + 1);
        return await Shown(rows, paging, names, ct);
    }

    private static async Task<Results<Ok<ListedListing>, ProblemHttpResult>> One(
        Guid listingId, Caller? caller, Streams streams, OrganisationNames names, CancellationToken ct)
    {
        var (listing, _) = await streams.Read<Listing>(listingId, ct);
        return (listing is not null && (listing.IsOpen || (caller is not null && MayRead(listing, caller)))
            ? Show(listing, await names.Of([listing.OrganisationId], ct))
            : null).OkOr(ListingRefusals.Unknown);
    }

    // The committee sees what was published, and not what an organisation has only written down.
    private static bool MayRead(Listing listing, Caller caller) =>
        listing.IsOf(caller.OrganisationId) || (caller.Is(Roles.CommitteeOfficer) && listing.WasPublished);

    private static async Task<Ok<Page<ListedListing>>> Shown(IReadOnlyList<Listing> rows, Paging paging, OrganisationNames names, CancellationToken ct)
    {
        var known = await names.Of(rows.Select(listing => listing.OrganisationId), ct);
        return TypedResults.Ok(Page<ListedListing>.Of(rows.Select(listing => Show(listing, known)).ToArray(), paging.Limit, listing => listing.Id.ToString()));
    }

    private static ListedListing Show(Listing listing, IReadOnlyDictionary<Guid, Text> names) => new(
        listing.Id, listing.OrganisationId, names.GetValueOrDefault(listing.OrganisationId), listing.Status, listing.ClosedBecause, Availability.YearRound,
        listing.Form!);
}
