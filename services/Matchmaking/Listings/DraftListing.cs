using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Listings;

/// <summary>Write down a need or an offer; nobody else sees it yet.</summary>
/// <param name="ListingId">The new listing.</param>
/// <param name="Organisation">Whose it is, or nobody while it is not verified.</param>
/// <param name="Form">What it says.</param>
public sealed record DraftListing(Guid ListingId, Guid? Organisation, ListingForm Form)
{
    /// <summary>By a verified organisation.</summary>
    public Decision<ListingEvent> Decide(Listing listing, DateTimeOffset now)
    {
        if (listing.Status != ListingStatus.None)
            return Decision<ListingEvent>.Nothing;
        if (Organisation is not { } organisation)
            return VerifiedOrganisations.NotVerified;
        if (ListingRules.Check(Form) is { } wrong)
            return wrong;
        return new ListingDrafted(ListingId, organisation, Form);
    }
}

/// <summary>The id of something new.</summary>
public sealed record DraftedListing(Guid Id);

internal static class DraftListingEndpoint
{
    public static void Map(RouteGroupBuilder listings) => listings
        .MapPost("", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(DraftListing))
        .WithSummary("Write down a need or an offer of your organisation")
        .Fulfils("M-07", "M-09", "M-10", "M-14");

    private static async Task<Results<Created<DraftedListing>, ProblemHttpResult>> Handle(
        ListingForm body, Caller caller, VerifiedOrganisations organisations, Streams streams, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var command = new DraftListing(id, (await organisations.Of(caller, ct))?.Id, body);
        var reply = Reply.Created($"/api/matchmaking/v1/listings/{id}", new DraftedListing(id));
        return await streams.Decide<Listing, ListingEvent>(id, command.Decide, new With { Reply = reply }, ct).CreatedOrProblem<DraftedListing>();
    }
}
