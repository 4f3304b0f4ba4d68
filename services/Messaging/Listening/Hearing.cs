using System.Collections.Concurrent;
using Expo.Contracts.Platform;
using Expo.Messaging.Feeds;
using MassTransit;

namespace Expo.Messaging.Listening;

/// <summary>A queue of this service and what it listens to.</summary>
internal sealed record Listener(Type Consumer, string Queue, IReadOnlyList<string> Types);

/// <summary>Keeps how far each queue has heard each source, and asks for what is missing: a queue that was deleted, bound late or cut off by the broker loses nothing.</summary>
internal sealed partial class Hearing(
    IReadOnlyList<Listener> listeners, IDocumentStore store, Publisher publisher, MessagingSettings settings, TimeProvider clock, ILogger<Hearing> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(Incoming Message, Span Span)> heard = [];
    private readonly ConcurrentDictionary<Guid, (long Position, DateTimeOffset Since)> behind = [];

    /// <summary>Where each source's messages of a type ended when it last said so.</summary>
    public ConcurrentDictionary<(string Source, string Type), long> Ends { get; } = [];

    /// <summary>Since when a cursor has been behind without moving, if it is.</summary>
    public DateTimeOffset? StalledSince(Cursor cursor) =>
        behind.TryGetValue(cursor.Id, out var known) && known.Position == cursor.Position ? known.Since : null; // what moved may have been heard by another node

    /// <summary>A message is dealt with for good: handled, or parked.</summary>
    public void Done(Incoming message)
    {
        if (message.Previous is { } previous)
            heard.Enqueue((message, new Span(previous, message.Position)));
    }

    /// <summary>Compares with where a feed ends, and asks for what does not come by itself.</summary>
    public async Task Follow(FeedHead head, CancellationToken ct)
    {
        var ends = head.Heads.ToDictionary(h => h.Type, h => h.Position);
        foreach (var (type, position) in ends)
            Ends[(head.Source, type)] = position;
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        foreach (var (queue, type) in listeners.SelectMany(l => l.Types.Where(ends.ContainsKey).Select(type => (l.Queue, type))))
        {
            var known = await session.LoadAsync<Cursor>(Cursor.IdOf(queue, head.Source, type), ct) ?? Cursor.New(queue, head.Source, type);
            if (known.MustAsk(head.Epoch, BehindSince(known, ends[type], now), now, settings.Patience))
                await Ask(known, head.Epoch, ct);
            else if (known.Epoch is null)
                await Change(known.Id, () => known, heard => heard with { Epoch = head.Epoch }, ct);
        }
    }

    /// <summary>Asks a source for its messages after a position (by default after what was heard), into one queue.</summary>
    public async Task Ask(string queue, string source, IReadOnlyList<string> types, long fromPosition, IReadOnlyList<long>? positions, CancellationToken ct)
    {
        await publisher.Publish(new ReplayRequested(source, fromPosition, types, queue, positions), _ => { }, mandatory: false, ct);
        Telemetry.Asked.Add(1);
        Asked(logger, queue, source, fromPosition);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pace, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var batch = new List<(Incoming Message, Span Span)>();
            while (heard.TryDequeue(out var one))
                batch.Add(one);
            foreach (var cursor in batch.GroupBy(one => (one.Message.Queue, one.Message.Source, one.Message.Type)))
            {
                try
                {
                    var id = Cursor.IdOf(cursor.Key.Queue, cursor.Key.Source, cursor.Key.Type);
                    await Change(id, () => Cursor.New(cursor.Key.Queue, cursor.Key.Source, cursor.Key.Type), known => known.Heard(cursor.Select(one => one.Span)), CancellationToken.None);
                }
                catch (Exception e)
                {
                    // Kept for the next time: what is forgotten is a hole, and all after it would be asked for again.
                    foreach (var one in cursor)
                        heard.Enqueue(one);
                    NotKept(logger, cursor.Key.Queue, e.GetType().Name);
                }
            }
        }
    }

    private DateTimeOffset? BehindSince(Cursor cursor, long end, DateTimeOffset now)
    {
        if (cursor.Position >= end)
        {
            behind.TryRemove(cursor.Id, out _);
            return null;
        }

        return behind.AddOrUpdate(cursor.Id, (cursor.Position, now), (_, known) => known.Position == cursor.Position ? known : (cursor.Position, now)).Since;
    }

    private async Task Ask(Cursor cursor, string epoch, CancellationToken ct)
    {
        Cursor? asked = null;
        await Change(cursor.Id, () => cursor, known =>
        {
            // Another node may just have asked.
            asked = known.AskedAt == cursor.AskedAt ? known.Asked(epoch, clock.GetUtcNow()) : null;
            return asked ?? known;
        }, ct);
        if (asked is not null)
            await Ask(cursor.Queue, cursor.Source, [cursor.Type], asked.Position, null, ct);
    }

    /// <summary>Changes a cursor while nobody else does: the nodes of a service share it.</summary>
    private async Task Change(Guid id, Func<Cursor> make, Func<Cursor, Cursor> change, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        await session.BeginTransactionAsync(ct);
        await session.QueryAsync<bool>("select pg_advisory_xact_lock(hashtextextended(?, 0)) is null", ct, id.ToString());
        var known = await session.LoadAsync<Cursor>(id, ct) ?? make();
        session.Store(change(known));
        await session.SaveChangesAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Queue} asks {Source} for everything after position {Position}")]
    private static partial void Asked(ILogger logger, string queue, string source, long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far {Queue} has heard could not be kept ({Failure})")]
    private static partial void NotKept(ILogger logger, string queue, string failure);
}


/// <summary>A source said how far its messages go; ask for what is missing here, and remember its key.</summary>
[Delivery(Delivery.LatestWins)]
internal sealed class FollowFeedWhenAnnounced(Hearing hearing, Cards cards) : IConsumer<FeedHead>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<FeedHead> context)
    {
        await cards.Know(context.Message, context.CancellationToken);
        await hearing.Follow(context.Message, context.CancellationToken);
    }
}
