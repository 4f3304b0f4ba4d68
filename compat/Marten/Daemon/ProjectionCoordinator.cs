using JasperFx.Events.Daemon;

namespace Marten.Events.Daemon;

/// <summary>Decides which shards this node runs.</summary>
internal sealed class ProjectionCoordinator(DocumentStore store) : IProjectionCoordinator, IDisposable
{
    private readonly ProjectionDaemon _daemon = new(store, store.Logger);
    public IProjectionDaemon DaemonForMainDatabase() => _daemon;
    public void Dispose() => _daemon.Dispose();
    public Task PauseAsync() => Task.CompletedTask;
    public Task ResumeAsync() => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
