using System.Collections.Concurrent;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Exceptions;

namespace Expo.Operations;

/// <summary>The event that a shard or a rebuild cannot pass: its number, type and stream, never what it says.</summary>
public sealed record StoppingEvent(long Sequence, string Type, Guid Stream);

/// <summary>How a shard is, as the node says that runs it; while it is paused it is tried again from time to time.</summary>
public sealed record ShardReport(string Id, AgentStatus State, DateTimeOffset Since, string Node, string? Failure, StoppingEvent? Event);

/// <summary>What this node knows of the shards and rebuilds that run here; it is kept in rows, so that every node can show it.</summary>
internal sealed class ShardReports(IDocumentStore store, TimeProvider clock) : IObserver<ShardState>
{
    private static readonly string Node = $"{Environment.MachineName}:{Environment.ProcessId}";

    private readonly ConcurrentDictionary<string, Exception> failures = [];
    private readonly ConcurrentDictionary<string, (long Position, long Target)> rebuilds = [];
    private readonly ConcurrentDictionary<string, ShardReport> reports = [];

    /// <summary>The relay and the asynchronous projections.</summary>
    public IReadOnlyList<ShardName> Shards => StoreOperations.Shards(store);

    /// <summary>What was last said of a shard that runs here.</summary>
    public ShardReport? Of(ShardName shard) => reports.GetValueOrDefault(shard.Identity);

    /// <summary>How far a rebuild here is, and where it ends.</summary>
    public (long Position, long Target) Rebuilt(string projection) => rebuilds.GetValueOrDefault(projection);

    /// <summary>A rebuild begins from nothing.</summary>
    public void Begin(string projection) => rebuilds[projection] = default;

    /// <summary>What made a shard fail is gone.</summary>
    public void Mended(ShardName shard) => failures.TryRemove(shard.Identity, out _);

    public void OnNext(ShardState value)
    {
        if (value.Mode == ShardMode.rebuilding)
            rebuilds[value.ShardName.Split(':')[0]] = (value.Sequence, value.RebuildThreshold);
        else if (value.Exception is { } failure)
            failures[value.ShardName] = failure;
        else if (value.Action == ShardAction.Updated)
            failures.TryRemove(value.ShardName, out _);
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    /// <summary>Keeps how the shards of this node are, where that has changed.</summary>
    public async Task Keep(IProjectionDaemon daemon, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        foreach (var shard in Shards.Select(shard => shard.Identity))
        {
            var state = daemon.StatusFor(shard);
            if (state == AgentStatus.Stopped && !reports.ContainsKey(shard))
                continue; // another node's
            var failure = state == AgentStatus.Stopped ? null : failures.GetValueOrDefault(shard);
            var report = new ShardReport(
                shard, failure is null ? state : AgentStatus.Paused, clock.GetUtcNow(), Node, failure is null ? null : Reasons.Of(failure), await StoppedAt(session, failure, ct));
            if (reports.GetValueOrDefault(shard) is { } known && known with { Since = report.Since } == report)
                continue;

            if (state != AgentStatus.Stopped || (await session.LoadAsync<ShardReport>(shard, ct))?.Node == Node)
                session.Store(report);
            reports[shard] = report;
        }

        await session.SaveChangesAsync(ct);
    }

    /// <summary>The event that a failure is about, if it is about one.</summary>
    public static async Task<StoppingEvent?> StoppedAt(IQuerySession session, Exception? failure, CancellationToken ct)
    {
        var sequence = failure switch
        {
            null => 0,
            ApplyEventException e => e.Event.Sequence,
            EventDeserializationFailureException e => e.Sequence,
            UnknownEventTypeException e => e.Sequence,
            _ => (long?)null,
        };
        if (sequence is null)
            return await StoppedAt(session, failure!.InnerException, ct);
        var found = sequence > 0 ? await session.QueryAsync<string>("select type || ' ' || stream_id from mt_events where seq_id = ?", ct, sequence) : [];
        return found is [var one] && one.Split(' ') is [var type, var stream] ? new StoppingEvent(sequence.Value, type, Guid.Parse(stream)) : null;
    }
}
