using Expo.Contracts.Platform;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;

namespace Expo.Messaging.Feeds;

/// <summary>Says every few seconds how far this service's messages go, from the node that runs the relay.</summary>
internal sealed partial class FeedHeads(
    Feed feed, Publisher publisher, EventSource source, IDocumentStore store, IProjectionCoordinator daemon, MessagingSettings settings, TimeProvider clock, ILogger<FeedHeads> logger)
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
                if (daemon.DaemonForMainDatabase().StatusFor(Relay.Identity) == AgentStatus.Running && await Head(stoppingToken) is { } head)
                {
                    // Nobody needs an old one.
                    await publisher.Publish(head, context => context.TimeToLive = settings.HeadEvery * 3, mandatory: false, stoppingToken);
                    publisher.Worked();
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                publisher.Failed();
                NotSaid(logger, e.GetType().Name);
            }
        }
        while (await pace.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.GetAwaiter().GetResult(), TaskScheduler.Default));
    }

    /// <summary>How far the messages go; nothing before the first one.</summary>
    public async Task<FeedHead?> Head(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<FeedState>(source.Name, ct) is not { } state
            ? null
            : new FeedHead(source.Name, await feed.Epoch(ct), [.. state.Last.Select(last => new FeedPosition(last.Key, last.Value))]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The head of the feed could not be said ({Failure}); it will be, in a moment")]
    private static partial void NotSaid(ILogger logger, string failure);
}
