using System.Diagnostics;
using Expo.Contracts.Platform;
using MassTransit;

namespace Expo.Messaging.Feeds;

/// <summary>Somebody lacks messages of ours; send them again, from the event store, into that one queue, without disturbing the relay.</summary>
[Delivery(Delivery.Counting)]
internal sealed partial class ReplayEventsWhenRequested(
    Feed feed, Cards cards, Publisher publisher, EventSource source, IDocumentStore store, MessagingSettings settings, ILogger<ReplayEventsWhenRequested> logger)
    : IConsumer<ReplayRequested>
{
    private const int Window = 64;

    /// <inheritdoc />
    public async Task Consume(ConsumeContext<ReplayRequested> context)
    {
        var wanted = context.Message;
        if (wanted.Source != source.Name)
            return;

        // What the relay has not told yet comes to the queue by itself.
        var upTo = await store.Advanced.ProjectionProgressFor(FeedHeads.Relay, token: context.CancellationToken);
        var sending = new Queue<Task>(Window);
        var (count, watch) = (0, Stopwatch.StartNew());
        var last = wanted.Types.ToDictionary(type => type, _ => wanted.FromPosition);
        var after = wanted.Positions is null ? wanted.FromPosition : 0;
        await using var session = store.QuerySession();
        await foreach (var told in feed.History(session, after, upTo, wanted.Positions, context.CancellationToken))
        {
            if (!last.TryGetValue(told.Type, out var previous))
                continue;

            if (sending.Count == Window)
                await sending.Dequeue();
            var message = await cards.Seal(told with { Previous = wanted.Positions is null ? previous : null }, context.CancellationToken);
            sending.Enqueue(publisher.Send(wanted.ReplyQueue, message.Message, message.Stamp, context.CancellationToken));
            last[told.Type] = told.Position;
            var ahead = TimeSpan.FromSeconds(++count / (double)settings.ReplayPerSecond) - watch.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(20))
                await Task.Delay(ahead, context.CancellationToken);
        }

        await Task.WhenAll(sending);
        Telemetry.Replayed.Add(count, new KeyValuePair<string, object?>(Telemetry.Queue, wanted.ReplyQueue));
        Replayed(logger, count, wanted.FromPosition, wanted.ReplyQueue);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages after position {Position} were sent again to {Queue}")]
    private static partial void Replayed(ILogger logger, int count, long position, string queue);
}
