using System.Collections.Concurrent;
using JasperFx;
using JasperFx.Events.Projections;
using Marten.Sessions;

namespace Marten.Events.Daemon;

internal sealed partial class ProjectionDaemon
{
    private readonly ConcurrentDictionary<string, Rebuild> _rebuilds = new(StringComparer.Ordinal);

    internal IEnumerable<(string Shard, long Value)> Lags => _agents.Select(a => (a.Key, Math.Max(0, _marks.Mark - a.Value.Position)));
    internal IEnumerable<(string Shard, long Value)> Pauses => _agents.Select(a => (a.Key, a.Value.Status == AgentStatus.Paused ? 1L : 0L));
    internal IEnumerable<(string Shard, long Value)> RebuildPositions => _rebuilds.Select(r => (r.Key, r.Value.Position));
    internal IEnumerable<(string Shard, long Value)> RebuildTargets => _rebuilds.Select(r => (r.Key, r.Value.Target));
    internal double HeldSeconds => _marks.Held.TotalSeconds;

    public Task RebuildProjectionAsync(string projectionName, CancellationToken token) => RebuildProjectionAsync(projectionName, DefaultTimeout, token);

    public Task RebuildProjectionAsync<TView>(CancellationToken token) => RebuildProjectionAsync(typeof(TView), DefaultTimeout, token);

    public Task RebuildProjectionAsync(Type projectionType, CancellationToken token) => RebuildProjectionAsync(projectionType, DefaultTimeout, token);

    public Task RebuildProjectionAsync<TView>(TimeSpan shardTimeout, CancellationToken token) => RebuildProjectionAsync(typeof(TView), shardTimeout, token);

    /// <summary>Rebuilds what is projected by this class, or into documents of it.</summary>
    public Task RebuildProjectionAsync(Type projectionType, TimeSpan shardTimeout, CancellationToken token) => RebuildProjectionAsync(
        (Rebuildable.FirstOrDefault(s => s.Source.Filter.GetType() == projectionType).Source
            ?? Rebuildable.FirstOrDefault(s => s.Source.Views.Contains(projectionType)).Source)?.Name.Name ?? projectionType.Name, shardTimeout, token);

    /// <summary>Builds the projection anew beside the live one, which takes its place when it is complete.</summary>
    public async Task RebuildProjectionAsync(string projectionName, TimeSpan shardTimeout, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(shardTimeout);
        var shards = Rebuildable.Where(s => s.Source.Name.Name == projectionName).ToList();
        if (shards.Count == 0) throw new InvalidProjectionException($"No projection with documents of its own is called '{projectionName}'.");
        foreach (var (source, inline) in shards) await RebuildOne(source, inline, limited.Token);
    }

    /// <summary>Sets a subscription back, so that it is handed events again; what it did with them the first time stays.</summary>
    public async Task RewindSubscriptionAsync(string subscriptionName, CancellationToken token, long? sequenceFloor = 0, DateTimeOffset? timestamp = null)
    {
        var source = Source(subscriptionName);
        var identity = source.Name.Identity;
        var running = _agents.ContainsKey(identity);
        await StopAgentAsync(identity);
        await using var session = store.Session();
        var floor = timestamp is null ? sequenceFloor ?? 0 : await session.Read(
            $"select coalesce(max(seq_id), 0) from {store.Events.DatabaseSchemaName}.mt_events where timestamp < $1",
            async (row, ct) => await row.ReadAsync(ct) ? row.GetInt64(0) : 0, token, Db.Time(timestamp.Value));
        session.Queue(floor == 0 ? new Statement(store.EventSql.Forget, Db.Text(identity)) : new Statement(store.EventSql.Mark, Db.Text(identity), Db.Bigint(floor)));
        await session.SaveChangesAsync(token);
        if (running) await StartAgentAsync(identity, token);
    }

    private IEnumerable<(ProjectionShard Source, bool Inline)> Rebuildable =>
        Shards.OfType<ProjectionShard>().Select(s => (s, false))
            .Concat(store.StoreOptions.Projections.InlineSnapshots.Select(s => ((ProjectionShard)s.Replayed, true)));

    private async Task RebuildOne(ProjectionShard source, bool inline, CancellationToken ct)
    {
        var identity = source.Name.Identity;
        if (!source.Views.Any())
            throw new InvalidProjectionException($"'{identity}' names no documents of its own. Return them from Create, or name them with Options.DeleteViewTypeOnTeardown<T>().");
        var rebuild = new Rebuild(store, source, _marks, inline, logger);
        if (!_rebuilds.TryAdd(identity, rebuild)) throw new InvalidOperationException($"'{identity}' is being rebuilt already.");
        var restart = false;
        try
        {
            await rebuild.Run(() => Settled(ct), async () =>
            {
                restart = _agents.ContainsKey(identity);
                await StopAgentAsync(identity);
            }, ct);
        }
        finally
        {
            _rebuilds.TryRemove(identity, out _);
            if (restart) await StartAgentAsync(identity, CancellationToken.None);
        }
    }

    private Task<long> Settled(CancellationToken ct) => IsRunning ? ReachedMark(ct) : _marks.Settle(ct);
}
