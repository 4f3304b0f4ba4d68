using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Interests;

/// <summary>An interest as its two sides see it; without the message when that was erased.</summary>
public sealed record ListedInterest(
    Guid Id, Guid ListingId, Guid OwnerId, Guid OrganisationId, Text? OrganisationName, InterestStatus State, DeclineReason? DeclinedBecause,
    IReadOnlyList<CooperationMode> CooperationModes, IReadOnlyList<ResourceKind> Offers, string? Message);

/// <summary>The interests that a closed listing would leave undecided.</summary>
internal sealed class UndecidedInterests(IQuerySession session)
{
    /// <summary>Those in a listing.</summary>
    public async Task<IReadOnlyList<Guid>> In(Guid listing, CancellationToken ct) =>
        [.. (await session.QueryAsync<ExpressionOfInterest>("where d.listing_id = ? and d.data ->> 'Status' in ('expressed', 'viewed')", ct, listing)).Select(i => i.Id)];
}

/// <summary>Puts to interests who sent them and what they wrote.</summary>
internal sealed class InterestCards(OrganisationNames names, PersonalData personal)
{
    public async Task<IReadOnlyList<ListedInterest>> Of(IReadOnlyList<ExpressionOfInterest> interests, CancellationToken ct)
    {
        var known = await names.Of(interests.Select(interest => interest.OrganisationId), ct);
        var messages = await personal.Read<InterestMessage>(interests.Select(interest => interest.MessageId), ct);
        return [.. interests.Select(interest => new ListedInterest(
            interest.Id, interest.ListingId, interest.OwnerId, interest.OrganisationId, known.GetValueOrDefault(interest.OrganisationId), interest.Status,
            interest.DeclinedBecause, interest.CooperationModes, interest.Offers, messages.GetValueOrDefault(interest.MessageId)?.Text))];
    }
}

internal static class InterestListEndpoints
{
    public static void MapReceived(RouteGroupBuilder listings) => listings.MapGet("/{listingId:guid}/interests", Received).Allow(Roles.OrganisationAdministrator)
        .WithName("ListInterests").WithSummary("The interests in your listing").Fulfils("M-03");

    public static void Map(RouteGroupBuilder interests)
    {
        interests.MapGet("", Sent).Allow(Roles.OrganisationAdministrator).WithName("ListOwnInterests").WithSummary("The interests that your organisation expressed");
        interests.MapGet("/{interestId:guid}", One).Allow(Roles.OrganisationAdministrator)
            .WithName("GetInterest").WithSummary("One interest, for who sent it and who received it");
        interests.MapHistory<ExpressionOfInterest>("GetInterestHistory", InterestRefusals.Unknown, MayRead).Allow(Roles.OrganisationAdministrator);
    }

    private static async Task<Results<Ok<Page<ListedInterest>>, ProblemHttpResult>> Received(
        Guid listingId, Paging paging, Caller caller, Streams streams, InterestCards cards, IQuerySession session, HttpResponse response, CancellationToken ct)
    {
        if ((await streams.Read<Listing>(listingId, ct)).State is not { } listing || !listing.IsOf(caller.OrganisationId))
            return ListingRefusals.Unknown.ToProblem();

        var rows = await session.QueryAsync<ExpressionOfInterest>(
            "where d.listing_id = ? and d.id::text > ? order by d.id::text limit ?", ct, listingId, paging.After, paging.Limit + 1);
        return await Shown(rows, paging, cards, response, ct);
    }

    private static async Task<Ok<Page<ListedInterest>>> Sent(
        Paging paging, Caller caller, InterestCards cards, IQuerySession session, HttpResponse response, CancellationToken ct)
    {
        var rows = await session.QueryAsync<ExpressionOfInterest>(
            "where d.organisation_id = ? and d.id::text > ? order by d.id::text limit ?", ct, caller.OrganisationId ?? Guid.Empty, paging.After, paging.Limit + 1);
        return await Shown(rows, paging, cards, response, ct);
    }

    private static async Task<Results<Ok<ListedInterest>, ProblemHttpResult>> One(
        Guid interestId, Caller caller, Streams streams, InterestCards cards, HttpResponse response, CancellationToken ct)
    {
        if ((await streams.Read<ExpressionOfInterest>(interestId, ct)).State is not { } interest || !MayRead(interest, caller))
            return InterestRefusals.Unknown.ToProblem();

        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok((await cards.Of([interest], ct))[0]);
    }

    private static bool MayRead(ExpressionOfInterest interest, Caller caller) => interest.IsTo(caller.OrganisationId) || interest.IsFrom(caller.OrganisationId);

    private static async Task<Ok<Page<ListedInterest>>> Shown(
        IReadOnlyList<ExpressionOfInterest> rows, Paging paging, InterestCards cards, HttpResponse response, CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page<ListedInterest>.Of(await cards.Of(rows, ct), paging.Limit, interest => interest.Id.ToString()));
    }
}
