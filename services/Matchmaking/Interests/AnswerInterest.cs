using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Interests;

/// <summary>Say that an interest has been seen.</summary>
public sealed record ViewInterest(Guid? Owner)
{
    /// <summary>It is seen once.</summary>
    public Decision<InterestEvent> Decide(ExpressionOfInterest interest, DateTimeOffset now) =>
        !interest.IsTo(Owner) ? InterestRefusals.Unknown
        : interest.Status == InterestStatus.Expressed ? new InterestViewed(interest.Id)
        : Decision<InterestEvent>.Nothing;
}

/// <summary>Accept an interest; its need has found a partner.</summary>
public sealed record AcceptInterest(Guid? Owner)
{
    /// <summary>While it is undecided.</summary>
    public Decision<InterestEvent> Decide(ExpressionOfInterest interest, DateTimeOffset now) => interest switch
    {
        _ when !interest.IsTo(Owner) => InterestRefusals.Unknown,
        { Status: InterestStatus.Accepted } => Decision<InterestEvent>.Nothing,
        { IsUndecided: true } => new InterestAccepted(interest.Id, interest.ListingId, interest.OrganisationId),
        _ => InterestRefusals.WrongState(interest),
    };
}

/// <summary>Why it is declined.</summary>
public sealed record DeclineInterestRequest([Needed] DeclineReason? Reason);

/// <summary>Decline an interest.</summary>
public sealed record DeclineInterest(Guid? Owner, DeclineReason Reason)
{
    /// <summary>While it is undecided; the first reason stands.</summary>
    public Decision<InterestEvent> Decide(ExpressionOfInterest interest, DateTimeOffset now) => interest switch
    {
        _ when !interest.IsTo(Owner) => InterestRefusals.Unknown,
        { Status: InterestStatus.Declined } => Decision<InterestEvent>.Nothing,
        { IsUndecided: true } => new InterestDeclined(interest.Id, Reason),
        _ => InterestRefusals.WrongState(interest),
    };
}

internal static class AnswerInterestEndpoints
{
    public static void Map(RouteGroupBuilder interests)
    {
        interests.MapPost("/{interestId:guid}/viewing", View).Allow(Roles.OrganisationAdministrator)
            .WithName(nameof(ViewInterest)).WithSummary("Say that you have seen an interest in your listing");
        interests.MapPost("/{interestId:guid}/acceptance", Accept).Allow(Roles.OrganisationAdministrator)
            .WithName(nameof(AcceptInterest)).WithSummary("Accept an interest in your listing").Fulfils("M-03");
        interests.MapPost("/{interestId:guid}/decline", Decline).Allow(Roles.OrganisationAdministrator)
            .WithName(nameof(DeclineInterest)).WithSummary("Decline an interest in your listing");
    }

    private static Task<Results<NoContent, ProblemHttpResult>> View(Guid interestId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ExpressionOfInterest, InterestEvent>(
            interestId, new ViewInterest(caller.OrganisationId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();

    private static Task<Results<NoContent, ProblemHttpResult>> Accept(Guid interestId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ExpressionOfInterest, InterestEvent>(
            interestId, new AcceptInterest(caller.OrganisationId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();

    private static Task<Results<NoContent, ProblemHttpResult>> Decline(
        Guid interestId, DeclineInterestRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ExpressionOfInterest, InterestEvent>(
            interestId, new DeclineInterest(caller.OrganisationId, body.Reason!.Value).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
