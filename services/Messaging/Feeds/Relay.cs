using System.Diagnostics;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Subscriptions;

namespace Expo.Messaging.Feeds;

/// <summary>An operator's word that a service tells nothing: since when, whose and why. It stands in the database, so it holds on whichever node the relay runs and across restarts.</summary>
public sealed record RelayPause(string Id, DateTimeOffset Since, Guid By, string Why);

/// <summary>Tells the platform what happened here, in order, at least once: the event store is the outbox.</summary>
internal sealed partial class Relay(
    Feed feed, Cards cards, [FromKeyedServices(nameof(Relay))] Publisher publisher, EventSource source, MessagingSettings settings, IHostApplicationLifetime host,
    TimeProvider clock, ILogger<Relay> logger) : SubscriptionBase
{
    /// <summary>How many may be on their way to the broker; progress is kept after as many.</summary>
    public const int Window = 256;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, DateTimeOffset> unheard = [];

    /// <summary>Publishes a page; its progress is committed when all of it is confirmed, with what the next message of each type follows.</summary>
    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        var told = page.Events.Select(Tell).OfType<Told>().ToList();
        if (told.Count == 0)
            return NullChangeListener.Instance;

        // Marten's daemon lets a page come to its end when it stops, however long that takes: where the broker is away, or the relay paused, there is none.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var stopping = host.ApplicationStopping.Register(() => ending.CancelAfter(Drain));
        var ct = ending.Token;
        // Not loaded: Marten's session would go on showing what it saw first.
        while (await operations.CheckExistsAsync<RelayPause>(source.Name, ct))
            await Task.Delay(Pace, ct);

        var state = await operations.LoadAsync<FeedState>(source.Name, ct) ?? await feed.Recall(operations, page.SequenceFloor, ct);
        var last = new SortedDictionary<string, long>(state.Last, StringComparer.Ordinal);
        var messages = new List<Told>(told.Count);
        foreach (var one in told)
        {
            messages.Add(one with { Previous = last.GetValueOrDefault(one.Type) });
            last[one.Type] = one.Position;
        }

        await PublishAll(messages, ct);
        operations.Store(state with { Last = last });
        Telemetry.Told.Add(messages.Count);
        return NullChangeListener.Instance;
    }

    private Told? Tell(IEvent e)
    {
        try
        {
            return feed.Tell(e);
        }
        catch (Exception failure)
        {
            throw new ApplyEventException(e, failure); // so that an operator sees which one it is
        }
    }

    private async Task PublishAll(List<Told> messages, CancellationToken ct)
    {
        for (var (confirmed, failures) = (0, 0); confirmed < messages.Count;)
        {
            Task[] sending = [];
            try
            {
                await publisher.Ready(ct);
                // Started in order; the broker gets them in order, but for those that take a while to start, which go alone.
                var alone = GoesAlone(messages[confirmed]);
                sending = messages.Skip(confirmed).TakeWhile((told, n) => n == 0 || !(alone || GoesAlone(told))).Select(told => Send(told, ct)).ToArray();
                foreach (var sent in sending)
                {
                    await Confirmed(sent, messages[confirmed]);
                    confirmed++;
                    failures = 0;
                }

                publisher.Learn(messages[confirmed - 1].Type);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // What was confirmed stays so; the rest is sent again with the same ids, and the inbox drops repeats.
                await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                failures++;
                NotConfirmed(logger, e.GetType().Name, messages[confirmed].Position, failures);
                var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(failures, 10)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, ct);
            }
        }
    }

    // The first of a type declares its exchange; whom one hands over is read first.
    private bool GoesAlone(Told told) => !publisher.Knows(told.Type) || cards.Has(told);

    /// <summary>Goes on in the trace of the request that the message tells of: whoever looks at that sees who heard of it, and what became of it there.</summary>
    private async Task Send(Told told, CancellationToken ct)
    {
        using var span = Telemetry.Source.StartActivity("relay", ActivityKind.Internal, told.Origin);
        var message = cards.Has(told) ? await cards.Seal(told, ct) : told;
        await publisher.Publish(message.Message, message.Stamp, mandatory: true, ct);
    }

    private static bool IsUnheard(Exception e) => e is RecipientUnknownException || Publisher.IsReturned(e);

    /// <summary>Nobody listening is waited for a while (services start side by side), then it is no reason to keep others waiting: who listens later asks for a replay.</summary>
    private async Task Confirmed(Task sent, Told told)
    {
        try
        {
            await sent;
            unheard.Remove(told.Type);
        }
        catch (Exception e) when (IsUnheard(e))
        {
            Telemetry.Unheard.Add(1);
            var now = clock.GetUtcNow();
            if (!unheard.TryGetValue(told.Type, out var since))
                unheard[told.Type] = since = now;
            if (now - since < settings.Grace)
                throw;
            NobodyListens(logger, told.Type, told.Position);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Position {Position} is not told yet ({Failure}), attempt {Attempt}")]
    private static partial void NotConfirmed(ILogger logger, string failure, long position, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nobody listens to {Type} (position {Position}); whoever does later will ask for it")]
    private static partial void NobodyListens(ILogger logger, string type, long position);
}
