using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Matchmaking.Boards;

/// <summary>Why it is taken down.</summary>
public sealed record TakeDownPostingRequest([Needed, LengthUpTo(500)] string Note);

/// <summary>Take a need off a board before its time, or drop its nomination.</summary>
public sealed record TakeDownPosting(string EditionCode, string BoardCode, string Note)
{
    /// <summary>Whatever ended first stands.</summary>
    public Decision<PostingEvent> Decide(BoardPosting posting, DateTimeOffset now) => posting switch
    {
        { Status: PostingStatus.None } => BoardPosting.Unknown,
        _ when (posting.EditionCode, posting.BoardCode) != (EditionCode, BoardCode) => BoardPosting.Unknown,
        { Status: PostingStatus.TakenDown } => Decision<PostingEvent>.Nothing,
        _ => new PostingTakenDown(posting.Id, posting.NominationId, "taken_down", Note),
    };
}

internal static class TakeDownPostingEndpoint
{
    public static void Map(RouteGroupBuilder postings) => postings
        .MapPost("/{postingId:guid}/take-down", Handle)
        .Allow(Roles.CommitteeOfficer)
        .WithName(nameof(TakeDownPosting))
        .WithSummary("Take a need off the board before its time");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        string edition, string code, Guid postingId, TakeDownPostingRequest body, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<BoardPosting, PostingEvent>(
            postingId, new TakeDownPosting(edition, code, body.Note).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
