using Expo.Contracts.Platform;
using MassTransit;

namespace Expo.Messaging.Listening;

/// <summary>A source said how far its messages go; ask for what is missing here.</summary>
[Delivery(Delivery.LatestWins)]
internal sealed class FollowFeedWhenAnnounced(Hearing hearing) : IConsumer<FeedHead>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<FeedHead> context) => hearing.Follow(context.Message, context.CancellationToken);
}
