using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Matchmaking.Listings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Interests;

/// <summary>How the answerer would work together, what it brings, and what it writes to the owner, in any language.</summary>
public sealed record ExpressInterestRequest(
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(4)] IReadOnlyList<CooperationMode> CooperationModes,
    [Needed, MinLength(1, ErrorMessage = "field.required"), CountUpTo(4)] IReadOnlyList<ResourceKind> Offers,
    [Needed, LengthUpTo(2000)] string Message);

/// <summary>Answer a need or an offer.</summary>
/// <param name="Listing">What is answered, if it is known.</param>
/// <param name="Answerer">Who answers, or nobody while it is not verified.</param>
/// <param name="CooperationModes">How it would work together.</param>
/// <param name="Offers">What it brings.</param>
/// <param name="MessageId">The message, which is kept apart.</param>
/// <param name="MessageLength">How long that is.</param>
public sealed record ExpressInterest(
    Listing? Listing, KnownOrganisation? Answerer, IReadOnlyList<CooperationMode> CooperationModes, IReadOnlyList<ResourceKind> Offers, Guid MessageId, int MessageLength)
{
    private const string Mainland = "CN";

    /// <summary>A verified organisation answers what others published, once; the owner may want partners from overseas (境外) only.</summary>
    public Decision<InterestEvent> Decide(ExpressionOfInterest interest, DateTimeOffset now) => this switch
    {
        _ when interest.IsUndecided && interest.MessageId == MessageId => Decision<InterestEvent>.Nothing,
        { Listing: null or { WasPublished: false } } => ListingRefusals.Unknown,
        { Answerer: null } => VerifiedOrganisations.NotVerified,
        _ when Listing.IsOf(Answerer.Id) => Refusal.Rule("interest.own_listing", "不能应答本单位发布的信息。", "You cannot answer your own need or offer."),
        { Listing.IsOpen: false } => ListingRefusals.Closed,
        { Listing.Form.PartnerSought.OverseasOnly: true, Answerer.Country: Mainland } => Refusal.Rule(
            "interest.overseas_only", "该需求只征集国（境）外合作方。", "This need looks for partners from overseas only.").With("country", Answerer.Country),
        _ when interest.Status is not (InterestStatus.None or InterestStatus.Withdrawn) => Refusal.Conflict(
            "interest.exists", "贵单位已应答过。", "Your organisation has answered this already."),
        _ => new InterestExpressed(
            ExpressionOfInterest.IdOf(Answerer.Id, Listing.Id), Listing.Id, Listing.OrganisationId, Answerer.Id, CooperationModes, Offers, MessageId, MessageLength),
    };
}

/// <summary>The id of something new.</summary>
public sealed record ExpressedInterest(Guid Id);

internal static class ExpressInterestEndpoint
{
    public static void Map(RouteGroupBuilder listings) => listings
        .MapPost("/{listingId:guid}/interests", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(ExpressInterest))
        .WithSummary("Answer a published need or offer of another organisation")
        .Fulfils("M-03");

    private static async Task<Results<Created<ExpressedInterest>, ProblemHttpResult>> Handle(
        Guid listingId, ExpressInterestRequest body, Caller caller, VerifiedOrganisations organisations, Streams streams, CancellationToken ct)
    {
        var listing = (await streams.Read<Listing>(listingId, ct)).State;
        var messageId = Guid.CreateVersion7();
        var command = new ExpressInterest(
            listing, await organisations.Of(caller, ct), [.. body.CooperationModes.Distinct()], [.. body.Offers.Distinct()], messageId,
            new StringInfo(body.Message).LengthInTextElements);
        var id = ExpressionOfInterest.IdOf(caller.OrganisationId ?? Guid.Empty, listingId);
        return await streams.Decide<ExpressionOfInterest, InterestEvent>(id, command.Decide, new With
        {
            Personal = [new PersonalCard(messageId, new InterestMessage(body.Message))],
            Reply = Reply.Created($"/api/matchmaking/v1/interests/{id}", new ExpressedInterest(id)),
        }, ct).CreatedOrProblem<ExpressedInterest>();
    }
}
