using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Boards;

/// <summary>End one nomination, because its time is over or its need is closed.</summary>
public sealed record EndPosting(Guid NominationId, string Reason)
{
    /// <summary>The reason when the last day is over.</summary>
    public const string PeriodOver = "period_over";

    /// <summary>The reason when the need was closed.</summary>
    public const string ListingClosed = "listing_closed";

    /// <summary>A newer nomination, or one that has ended, is left alone.</summary>
    public Decision<PostingEvent> Decide(BoardPosting posting, DateTimeOffset now) =>
        posting.IsLive && posting.NominationId == NominationId
            ? new PostingTakenDown(posting.Id, NominationId, Reason, null)
            : Decision<PostingEvent>.Nothing;
}

/// <summary>Take down what is posted of a closed listing.</summary>
public sealed record EndPostingsOf(Guid ListingId);

/// <summary>The last day of a posting is over; its need comes off the board.</summary>
internal sealed class TakeDownPostingWhenPeriodEnds(Streams streams) : IReact<EndPosting>
{
    public static IEnumerable<Due> Due(PostingNominated nominated, DateTimeOffset now) =>
        [new Due(new Deadline("board_posting", nominated.Until, RuleKind.Hard).End, nominated.PostingId, new EndPosting(nominated.NominationId, EndPosting.PeriodOver))];

    public Task React(Guid stream, EndPosting command, CancellationToken ct) =>
        streams.Decide<BoardPosting, PostingEvent>(stream, command.Decide, ct).MustAccept();
}

/// <summary>A need was closed; it comes off every board.</summary>
internal sealed class TakeDownPostingsWhenListingClosed(Streams streams, LivePostings postings, Call call) : IReact<EndPostingsOf>
{
    public static IEnumerable<Due> Due(ListingClosed closed, DateTimeOffset now) => [new Due(now, closed.ListingId, new EndPostingsOf(closed.ListingId))];

    public async Task React(Guid stream, EndPostingsOf command, CancellationToken ct)
    {
        foreach (var posting in await postings.Of(command.ListingId, ct))
        {
            // The listing belongs to no edition, its posting does.
            call.Edition = posting.EditionCode;
            var end = new EndPosting(posting.NominationId, EndPosting.ListingClosed);
            await streams.Decide<BoardPosting, PostingEvent>(posting.Id, end.Decide, ct).MustAccept();
        }
    }
}
