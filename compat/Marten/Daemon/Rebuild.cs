using System.Diagnostics;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Schema;
using Marten.Sessions;
using Microsoft.Extensions.Logging;

namespace Marten.Events.Daemon;

/// <summary>
/// Replays all events into copies beside the live tables while those are read and written as before; then, with the projection
/// held still, takes over what differs in one transaction. Nothing live is touched until then, nor by a replay that fails.
/// </summary>
internal sealed partial class Rebuild(DocumentStore store, ProjectionShard source, ShardMarks marks, bool inline, ILogger logger)
{
    private static readonly TimeSpan Telling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    private readonly ReadAhead _pages = new(new ShardPages(store, source, withArchived: true));
    private readonly Dictionary<Type, DocumentMapping> _shadows =
        source.Views.Distinct().ToDictionary(view => view, view => store.StoreOptions.MappingFor(view).Shadow());
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _toldAt;

    public ShardName Name => source.Name;
    public long Position { get; private set; }
    public long Target { get; private set; }

    /// <param name="settle">Says up to which number every event is known.</param>
    /// <param name="still">Stops this process's own shard before the swap.</param>
    /// <param name="ct">Ends the replay; what was live stays.</param>
    public async Task Run(Func<Task<long>> settle, Func<Task> still, CancellationToken ct)
    {
        await using var swap = new Swap(store, source, _shadows, inline);
        await swap.Begin(ct);
        LogStarted(logger, Name.Identity);

        // The first pass takes long, so the second has much less to do, and the last holds nobody up.
        await Replay(await settle(), ct);
        await Replay(await settle(), ct);
        await still();
        await swap.Commit(async target =>
        {
            await Replay(target, ct);
            return Position;
        }, ct);
        LogDone(logger, Name.Identity, Position, _watch.Elapsed.TotalSeconds);
    }

    private async Task Replay(long target, CancellationToken ct)
    {
        Target = Math.Max(Target, target);
        while (Position < target)
        {
            var page = await _pages.Take(Position, target, store.StoreOptions.Projections.RebuildErrors, ct);
            while (page.Events.Count > 0 && await Poisoned(page, ct) is { } poison) await page.SkipEventSequence(poison.Event.Sequence);
            Position = page.SequenceCeiling;
            Tell();
        }
    }

    /// <summary>Writes the page into the copies; the event that cannot be applied, where it may be passed over.</summary>
    private async Task<ApplyEventException?> Poisoned(EventRange page, CancellationToken ct)
    {
        await using var session = new DocumentSession(store, new() { Timeout = (int)LongestHold.TotalSeconds }) { Shadows = _shadows };
        try
        {
            await source.Project(page, session, effects: false, ct);
        }
        catch (ApplyEventException e) when (store.StoreOptions.Projections.RebuildErrors.SkipApplyErrors)
        {
            return e;
        }

        await session.SaveChangesAsync(ct);
        return null;
    }

    private void Tell()
    {
        marks.Tracker.Publish(new ShardState(Name, Position) { Action = ShardAction.Updated, Mode = ShardMode.rebuilding, RebuildThreshold = Target });
        var now = _watch.ElapsedMilliseconds;
        if (now - _toldAt < Telling.TotalMilliseconds) return;
        _toldAt = now;
        var rate = Position * 1000.0 / now;
        LogProgress(logger, Name.Identity, Position, Target, rate, (Target - Position) / rate);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Shard} is rebuilt beside the live documents")]
    private static partial void LogStarted(ILogger logger, string shard);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Shard} is rebuilt up to event {Position} of {Target}, {Rate:F0} a second, {Left:F0} s to go")]
    private static partial void LogProgress(ILogger logger, string shard, long position, long target, double rate, double left);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Shard} was rebuilt up to event {Position} in {Seconds:F1} s and is live")]
    private static partial void LogDone(ILogger logger, string shard, long position, double seconds);
}
