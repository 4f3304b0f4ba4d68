using System.Collections.Concurrent;
using System.Diagnostics;
using Expo.Messaging.Listening;

namespace Expo.Messaging.Parking;

/// <summary>Puts messages aside that cannot be handled, with all that come after them in their streams, until an operator decides.</summary>
internal sealed partial class ParkingLot(IDocumentStore store, Hearing hearing, TimeProvider clock, ILogger<ParkingLot> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // Nearly always empty: so that a message costs no query when nothing is parked.
    private readonly Lock holding = new();
    private volatile ConcurrentDictionary<(string Queue, Guid Stream), bool> held = [];
    private Task? known;
    private int changes;

    /// <summary>Whether this message must not be handled: it is parked itself, or was skipped, or an earlier one of its stream is parked.</summary>
    public async Task<bool> MustWait(Incoming message, CancellationToken ct)
    {
        // One that failed is asked again: the database may have been away just then.
        if (known is not { IsFaulted: false })
            known = Look(CancellationToken.None);
        await known;
        if (!held.ContainsKey((message.Queue, message.Stream)))
            return false;

        await using var session = store.LightweightSession();
        var own = await session.LoadAsync<ParkedMessage>(ParkedMessage.IdOf(message.Queue, message.Id), ct);
        if (own is { Status: ParkedStatus.Parked or ParkedStatus.Skipped })
            return true;
        if (!await ParkedRows.AnyOpen(session, message.Queue, message.Stream, "(d.data ->> 'Position')::bigint < ?", message.Position, ct))
            return false;

        session.Store(own is null
            ? ParkedMessage.Of(message, ParkedStatus.Behind, "an earlier message of its stream is parked", 0, clock.GetUtcNow())
            : own with { Status = ParkedStatus.Behind });
        await session.SaveChangesAsync(ct);
        Count(message);
        return true;
    }

    /// <summary>Puts a message aside.</summary>
    public async Task Park(Incoming message, string reason, int attempts, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var own = await session.LoadAsync<ParkedMessage>(ParkedMessage.IdOf(message.Queue, message.Id), ct);
        session.Store(own is null
            ? ParkedMessage.Of(message, ParkedStatus.Parked, reason, attempts, clock.GetUtcNow())
            : own with { Status = ParkedStatus.Parked, Reason = reason, Attempts = own.Attempts + attempts });
        await session.SaveChangesAsync(ct);
        lock (holding)
        {
            held[(message.Queue, message.Stream)] = true;
            changes++;
        }

        Count(message);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, reason);
        Parked(logger, message.Queue, message.Id, message.Source, message.Position, reason);
    }

    /// <summary>A message was handled; if it was parked, those behind it may come.</summary>
    public async Task Handled(Incoming message, CancellationToken ct)
    {
        if (!held.ContainsKey((message.Queue, message.Stream)))
            return;

        await using var session = store.LightweightSession();
        if (await session.LoadAsync<ParkedMessage>(ParkedMessage.IdOf(message.Queue, message.Id), ct) is not { } own || !own.IsOpen())
            return;

        session.Store(own with { Status = ParkedStatus.Handled });
        await session.SaveChangesAsync(ct);
        await Release(own, ct);
    }

    /// <summary>An operator's decision: ask for it again, or let it go. The first of a stream only; the others follow it.</summary>
    public async Task<bool> Decide(ParkedMessage parked, bool retry, string by, string why, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        if ((await ParkedRows.Open(session, parked.Queue, parked.Stream, ct)).Any(other => other.Position < parked.Position))
            return false;

        session.Store(parked with { Status = retry ? ParkedStatus.Retrying : ParkedStatus.Skipped, DecidedBy = by, Why = why });
        await session.SaveChangesAsync(ct);
        if (retry)
            await hearing.Ask(parked.Queue, parked.Source, [parked.Type], 0, [parked.Position], ct);
        else
            await Release(parked, ct);
        await Look(ct);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pace, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Look(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it is asked again in a second
        }
    }

    /// <summary>Those that waited behind it are asked for, unless some are on their way; they come in order, and each lets the next one through.</summary>
    private async Task Release(ParkedMessage first, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        if (await ParkedRows.AnyOpen(session, first.Queue, first.Stream, "d.data ->> 'Status' <> ?", "behind", ct))
            return;
        var open = await ParkedRows.Open(session, first.Queue, first.Stream, ct);
        session.Store<ParkedMessage>(open.Select(parked => parked with { Status = ParkedStatus.Retrying }));
        await session.SaveChangesAsync(ct);
        foreach (var waiting in open.GroupBy(parked => parked.Source))
            await hearing.Ask(first.Queue, waiting.Key, [.. waiting.Select(w => w.Type).Distinct()], 0, [.. waiting.Select(w => w.Position)], ct);
    }

    private async Task Look(CancellationToken ct)
    {
        var before = Volatile.Read(ref changes);
        await using var session = store.QuerySession();
        var streams = (await session.QueryAsync<string>(ParkedRows.Streams, ct)).Select(row => row.Split(' ')).ToList();
        Telemetry.Waiting = streams.Sum(row => int.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture));
        lock (holding)
        {
            // What was parked meanwhile may be missing here.
            if (changes == before)
                held = new(streams.Select(row => KeyValuePair.Create((row[0], Guid.Parse(row[1])), true)));
        }
    }

    // Who finds the trace finds the message, and the other way round.
    private static void Count(Incoming message)
    {
        Telemetry.Parked.Add(1);
        Activity.Current?.SetTag(Telemetry.ParkedMessage, ParkedMessage.IdOf(message.Queue, message.Id).ToString());
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} parked message {Id} of {Source} (position {Position}): {Reason}")]
    private static partial void Parked(ILogger logger, string queue, Guid id, string source, long position, string reason);
}
