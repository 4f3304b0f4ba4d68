using System.Collections.Concurrent;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Exceptions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Events.Daemon;

/// <summary>Runs a store's shards in this process.</summary>
internal sealed partial class ProjectionDaemon : IProjectionDaemon
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, ShardAgent> _agents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long?> _epochs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ShardMarks _marks;
    private readonly DocumentStore store;
    private readonly ILogger logger;

    public ProjectionDaemon(DocumentStore store, ILogger logger)
    {
        (this.store, this.logger, _marks) = (store, logger, new ShardMarks(store, logger));
        Telemetry.Watch(this);
    }

    public bool IsRunning => !_agents.IsEmpty;

    private IReadOnlyList<ShardSource> Shards => store.StoreOptions.Projections.Shards;

    public async Task StartAllAsync()
    {
        foreach (var shard in Shards) await StartAgentAsync(shard.Name.Identity, CancellationToken.None);
    }

    public async Task StopAllAsync()
    {
        await Task.WhenAll(_agents.Keys.Select(shard => StopAgentAsync(shard)));
        await _marks.Stop();
    }

    /// <summary>Starts a shard; one that was stopped by hand, under the token it had.</summary>
    public Task StartAgentAsync(string shardName, CancellationToken token) => StartAgentAsync(shardName, _epochs.GetValueOrDefault(shardName), token);

    /// <summary>Starts a shard whose progress counts only while no node has a higher token.</summary>
    public async Task StartAgentAsync(string shardName, long? epoch, CancellationToken token)
    {
        var source = Source(shardName);
        await _gate.WaitAsync(token);
        try
        {
            if (_agents.ContainsKey(shardName))
            {
                if (epoch is null || _epochs.GetValueOrDefault(shardName) == epoch) return;
                await StopAgentAsync(shardName); // it runs under an older token
            }

            await _marks.Start(token);
            (_agents[shardName] = new ShardAgent(store, source, _marks, logger, epoch)).Start();
            _epochs[shardName] = epoch;
            store.Wakeup.RunsEverythingHere = _agents.Count == Shards.Count;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task StopAgentAsync(string shardName, Exception? ex = null)
    {
        store.Wakeup.RunsEverythingHere = false;
        if (!_agents.TryRemove(shardName, out var agent)) return;
        await agent.Stop();
        agent.Dispose();
    }

    public Task CatchUpAsync(CancellationToken cancellation) => CatchUpAsync(DefaultTimeout, cancellation);

    /// <summary>Brings every shard up to the newest event, whether or not this process runs it.</summary>
    public async Task CatchUpAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(timeout);
        foreach (var shard in Shards)
            if (_agents.ContainsKey(shard.Name.Identity)) await WaitFor(shard, await _marks.NewestEvent(limited.Token), limited.Token);
            else await RunTo(shard, ShardExecutionMode.CatchUp, limited.Token);
    }

    /// <summary>Waits until every shard, on whichever node, is past the newest event of now.</summary>
    public async Task WaitForNonStaleData(TimeSpan timeout)
    {
        using var limited = new CancellationTokenSource(timeout);
        try
        {
            await store.Schema.EnsureAsync(limited.Token);
            var newest = await Patiently(() => _marks.NewestEvent(limited.Token), limited.Token);
            store.Wakeup.Signal.Raise();
            foreach (var shard in Shards) await WaitFor(shard, newest, limited.Token);
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested)
        {
            throw new TimeoutException($"Projections are still behind after {timeout}: {string.Join(", ", await Positions())}");
        }
    }

    public async Task WaitForShardToBeRunning(string shardName, TimeSpan timeout)
    {
        var deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        while (StatusFor(shardName) != AgentStatus.Running)
        {
            if (Environment.TickCount64 > deadline) throw new TimeoutException($"'{shardName}' is not running after {timeout}.");
            await Task.Delay(10);
        }
    }

    public long HighWaterMark() => _marks.Mark;

    public ShardStateTracker Tracker => _marks.Tracker;

    internal ShardAgent? Agent(string shard) => _agents.GetValueOrDefault(shard);

    public AgentStatus StatusFor(string shardName) => _agents.TryGetValue(shardName, out var agent) ? agent.Status : AgentStatus.Stopped;

    public IReadOnlyList<ISubscriptionAgent> CurrentAgents() => [.. _agents.Values];

    public bool HasAnyPaused() => _agents.Values.Any(a => a.Status == AgentStatus.Paused);

    public void EjectPausedShard(string shardName)
    {
        if (StatusFor(shardName) == AgentStatus.Paused && _agents.TryRemove(shardName, out var agent)) _ = agent.Stop();
    }

    public void Dispose()
    {
        foreach (var shard in _agents.Keys) if (_agents.TryRemove(shard, out var agent)) agent.Dispose();
        Telemetry.Forget(this);
        _gate.Dispose();
        _marks.Dispose();
    }

    private async Task RunTo(ShardSource shard, ShardExecutionMode mode, CancellationToken ct)
    {
        var newest = await Settled(ct);
        using var agent = new ShardAgent(store, shard, _marks, logger);
        await agent.RunTo(newest, mode, ct);
    }

    // The mark is being followed already; a second look beside that one would disturb it.
    private async Task<long> ReachedMark(CancellationToken ct)
    {
        var newest = await _marks.NewestEvent(ct);
        while (_marks.Mark < newest) await Task.Delay(5, ct);
        return newest;
    }

    private async Task WaitFor(ShardSource shard, long newest, CancellationToken ct)
    {
        var identity = shard.Name.Identity;
        while (true)
        {
            var reached = _agents.TryGetValue(identity, out var agent) && agent.Status == AgentStatus.Running
                ? agent.Position
                : await Patiently(() => store.Advanced.ProjectionProgressFor(shard.Name, token: ct), ct);
            if (reached >= newest) return;
            await Task.Delay(5, ct);
        }
    }

    // Whoever waits does not mind a connection that was cut meanwhile.
    private static async Task<long> Patiently(Func<Task<long>> ask, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (e is NpgsqlException { IsTransient: true } or MartenCommandException { InnerException: NpgsqlException { IsTransient: true } })
            {
                await Task.Delay(50, ct);
            }
        }
    }

    private async Task<IEnumerable<string>> Positions() => (await store.Advanced.AllProjectionProgress()).Select(s => s.ToString());

    private ShardSource Source(string shardName) => Shards.FirstOrDefault(s => s.Name.Identity == shardName || s.Name.Name == shardName)
        ?? throw new InvalidProjectionException($"There is no shard '{shardName}'. Known: {string.Join(", ", Shards.Select(s => s.Name))}.");
}
