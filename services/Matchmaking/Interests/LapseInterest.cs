using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Matchmaking.Listings;

namespace Expo.Matchmaking.Interests;

/// <summary>End an undecided interest, because what it answers is closed.</summary>
public sealed record LapseInterest
{
    /// <summary>What was decided or taken back before stays.</summary>
    public Decision<InterestEvent> Decide(ExpressionOfInterest interest, DateTimeOffset now) =>
        interest.IsUndecided ? new InterestLapsed(interest.Id, ListingRefusals.Closed.Code) : Decision<InterestEvent>.Nothing;
}

/// <summary>End the undecided interests in a closed listing.</summary>
public sealed record LapseInterestsIn(Guid ListingId);

/// <summary>Look whether an interest came too late.</summary>
public sealed record CheckInterest(Guid ListingId);

/// <summary>A listing was closed; nobody will decide on the interests in it any more.</summary>
internal sealed class LapseInterestsWhenListingClosed(Streams streams, UndecidedInterests interests) : IReact<LapseInterestsIn>
{
    public static IEnumerable<Due> Due(ListingClosed closed, DateTimeOffset now) => [new Due(now, closed.ListingId, new LapseInterestsIn(closed.ListingId))];

    public async Task React(Guid stream, LapseInterestsIn command, CancellationToken ct)
    {
        foreach (var interest in await interests.In(command.ListingId, ct))
            await streams.Decide<ExpressionOfInterest, InterestEvent>(interest, new LapseInterest().Decide, ct).MustAccept();
    }
}

/// <summary>An interest was expressed; it lapses if the listing was closed in the same moment.</summary>
internal sealed class LapseInterestWhenExpressedTooLate(Streams streams) : IReact<CheckInterest>
{
    public static IEnumerable<Due> Due(InterestExpressed expressed, DateTimeOffset now) => [new Due(now, expressed.InterestId, new CheckInterest(expressed.ListingId))];

    public async Task React(Guid stream, CheckInterest command, CancellationToken ct)
    {
        // Read after the interest was committed; whoever closes the listing looks for interests after that: one of the two sees the other.
        if ((await streams.Read<Listing>(command.ListingId, ct)).State is { IsOpen: false })
            await streams.Decide<ExpressionOfInterest, InterestEvent>(stream, new LapseInterest().Decide, ct).MustAccept();
    }
}
