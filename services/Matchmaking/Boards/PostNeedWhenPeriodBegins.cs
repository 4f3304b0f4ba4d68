using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Boards;

/// <summary>The period of a nomination begins.</summary>
public sealed record BeginPosting(Guid NominationId);

/// <summary>Put a nominated need on its board.</summary>
public sealed record PostNeed(Guid NominationId)
{
    /// <summary>What was taken down before, or nominated anew, stays as it is.</summary>
    public Decision<PostingEvent> Decide(BoardPosting posting, DateTimeOffset now) =>
        posting.Status == PostingStatus.Nominated && posting.NominationId == NominationId
            ? new PostingPosted(posting.Id, NominationId)
            : Decision<PostingEvent>.Nothing;
}

/// <summary>A nomination's period begins; its need goes on the board, unless it has been closed meanwhile.</summary>
internal sealed class PostNeedWhenPeriodBegins(Streams streams) : IReact<BeginPosting>
{
    public static IEnumerable<Due> Due(PostingNominated nominated, DateTimeOffset now) =>
        [new Due(nominated.From.Begin() is var begin && begin > now ? begin : now, nominated.PostingId, new BeginPosting(nominated.NominationId))];

    public async Task React(Guid stream, BeginPosting command, CancellationToken ct)
    {
        // The listing is read after the nomination was committed, and whoever closes it looks for nominations after that: one of the two sees the other.
        var posting = (await streams.Read<BoardPosting>(stream, ct)).State!;
        var listing = (await streams.Read<Listing>(posting.ListingId, ct)).State!;
        await (listing.IsOpen
            ? streams.Decide<BoardPosting, PostingEvent>(stream, new PostNeed(command.NominationId).Decide, ct)
            : streams.Decide<BoardPosting, PostingEvent>(stream, new EndPosting(command.NominationId, EndPosting.ListingClosed).Decide, ct)).MustAccept();
    }
}
