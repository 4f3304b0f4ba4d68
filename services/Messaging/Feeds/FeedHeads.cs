using Expo.Contracts.Platform;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;

namespace Expo.Messaging.Feeds;

/// <summary>Says every few seconds how far this service's messages go, from the node that runs the relay.</summary>
internal sealed partial class FeedHeads(
    Feed feed, Cards cards, Publisher publisher, EventSource source, IDocumentStore store, IProjectionCoordinator daemon, MessagingSettings settings, TimeProvider clock, ILogger<FeedHeads> logger)
    : BackgroundService
{
    /// <summary>The relay's name in the daemon.</summary>
    public static ShardName Relay { get; } = new(nameof(Relay));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(settings.HeadEvery, clock);
        do
        {
            try
            {
                if (daemon.DaemonForMainDatabase().StatusFor(Relay.Identity) == AgentStatus.Running)
                {
                    // Nobody needs an old one.
                    await publisher.Publish(await Head(stoppingToken), context => context.TimeToLive = settings.HeadEvery * 3, mandatory: false, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotSaid(logger, e.GetType().Name);
            }
        }
        while (await pace.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.GetAwaiter().GetResult(), TaskScheduler.Default));
    }

    private async Task<FeedHead> Head(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var state = await session.LoadAsync<FeedState>(source.Name, ct);
        return new FeedHead(source.Name, await feed.Epoch(ct), [.. state?.Last.Select(last => new FeedPosition(last.Key, last.Value)) ?? []], cards.Key);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The head of the feed could not be said ({Failure}); it will be, in a moment")]
    private static partial void NotSaid(ILogger logger, string failure);
}
