using JasperFx.Events.Daemon;
using Microsoft.Extensions.Logging;

namespace Marten.Events.Daemon;

/// <summary>Decides which shards this node runs: all of them, or those whose advisory lock it holds.</summary>
internal sealed class ProjectionCoordinator(DocumentStore store) : IProjectionCoordinator, IDisposable
{
    private readonly ProjectionDaemon _daemon = new(store, store.Logger);
    private CancellationTokenSource? _stopping;
    private Task _leading = Task.CompletedTask;

    public IProjectionDaemon DaemonForMainDatabase() => _daemon;

    internal ShardAgent? Agent(string shard) => _daemon.Agent(shard);

    public Task StartAsync(CancellationToken cancellationToken) => ResumeAsync();

    public Task StopAsync(CancellationToken cancellationToken) => PauseAsync();

    public async Task ResumeAsync()
    {
        if (_stopping is not null) return;
        _stopping = new CancellationTokenSource();
        var projections = store.StoreOptions.Projections;
        if (projections.AsyncMode == DaemonMode.Solo) _leading = StartAll(_stopping.Token);
        else _leading = Task.WhenAll(projections.Shards.Select(s => new Leadership(store, _daemon, s.Name).Run(_stopping.Token)));
        await Task.Yield();
    }

    public async Task PauseAsync()
    {
        if (Interlocked.Exchange(ref _stopping, null) is not { } stopping) return;
        await stopping.CancelAsync();
        await _leading;
        await _daemon.StopAllAsync();
        stopping.Dispose();
    }

    public void Dispose()
    {
        // The container disposes once per service type this is registered under.
        if (Interlocked.Exchange(ref _stopping, null) is { } stopping)
        {
            stopping.Cancel();
            stopping.Dispose();
        }

        _daemon.Dispose();
    }

    // The database may still be coming up; the host does not wait for it.
    private async Task StartAll(CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await _daemon.StartAllAsync();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Leadership.LogLost(store.Logger, "all shards", Failures.Describe(e));
                await Task.Delay(store.StoreOptions.Projections.AgentPauseTime, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
