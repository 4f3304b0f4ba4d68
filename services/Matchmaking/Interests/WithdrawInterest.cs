using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Interests;

/// <summary>Take one's own interest back.</summary>
public sealed record WithdrawInterest(Guid? Answerer)
{
    /// <summary>While the owner has not decided.</summary>
    public Decision<InterestEvent> Decide(ExpressionOfInterest interest, DateTimeOffset now) => interest switch
    {
        _ when !interest.IsFrom(Answerer) => InterestRefusals.Unknown,
        { Status: InterestStatus.Withdrawn } => Decision<InterestEvent>.Nothing,
        { IsUndecided: true } => new InterestWithdrawn(interest.Id),
        _ => InterestRefusals.WrongState(interest),
    };
}

internal static class WithdrawInterestEndpoint
{
    public static void Map(RouteGroupBuilder interests) => interests
        .MapPost("/{interestId:guid}/withdrawal", Handle)
        .Allow(Roles.OrganisationAdministrator)
        .WithName(nameof(WithdrawInterest))
        .WithSummary("Take your interest back before the owner decides");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid interestId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ExpressionOfInterest, InterestEvent>(
            interestId, new WithdrawInterest(caller.OrganisationId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
