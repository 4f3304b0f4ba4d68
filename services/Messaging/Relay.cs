using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Subscriptions;
using MassTransit;

namespace Expo.Messaging;

/// <summary>Translates a private event to the message the platform may know, or to nothing.</summary>
public delegate object? Translate(object @event);

/// <summary>Tells the platform what happened here, in order, at least once: the event store is the outbox.</summary>
public sealed partial class Relay(IBus bus, IEnumerable<Translate> translations, EventSource source, TimeProvider clock, ILogger<Relay> logger) : SubscriptionBase
{
    private const int Window = 64;
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Publishes a page in windows; progress moves on only when all of it is confirmed.</summary>
    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        var told = page.Events.Select(e => (Event: e, Message: translations.Select(t => t(e.Data)).FirstOrDefault(m => m is not null)))
            .Where(pair => pair.Message is not null);
        foreach (var window in told.Chunk(Window))
            await PublishAll(window, cancellationToken);
        return NullChangeListener.Instance;
    }

    private async Task PublishAll((IEvent Event, object? Message)[] window, CancellationToken ct)
    {
        for (var (confirmed, failures) = (0, 0); confirmed < window.Length;)
        {
            var sending = window.Skip(confirmed).Select(pair => Publish(pair.Event, pair.Message!, ct)).ToArray();
            try
            {
                foreach (var sent in sending)
                {
                    await sent;
                    confirmed++;
                    failures = 0;
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // What was confirmed stays so; the rest is sent again with the same ids, and the inbox drops repeats.
                await ((Task)Task.WhenAll(sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                failures++;
                NotConfirmed(logger, e.GetType().Name, window[confirmed].Event.Sequence, failures);
                var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(failures, 10)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, ct);
            }
        }
    }

    private Task Publish(IEvent @event, object message, CancellationToken ct) =>
        bus.Publish(message, message.GetType(), context =>
        {
            context.MessageId = @event.Id;
            context.Headers.Set(MessageHeaders.Source, source.Name);
            context.Headers.Set(MessageHeaders.Position, @event.Sequence);
            context.Headers.Set(MessageHeaders.Stream, @event.StreamId.ToString());
            context.Headers.Set(MessageHeaders.Version, @event.Version);
            if (@event.GetHeader("edition")?.ToString() is { Length: > 0 } edition)
                context.Headers.Set(MessageHeaders.Edition, edition);
            if (context is RabbitMqSendContext rabbit)
                rabbit.Mandatory = true;
        }, ct).WaitAsync(ConfirmWithin, ct); // a token alone does not bound a publish

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker did not confirm ({Failure}) at position {Position}, attempt {Attempt}")]
    private static partial void NotConfirmed(ILogger logger, string failure, long position, int attempt);
}

/// <summary>The name under which a service tells its messages.</summary>
public sealed record EventSource(string Name);
