using JasperFx;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.Logging;

namespace Marten.Events.Daemon;

/// <summary>Runs a store's shards in this process.</summary>
internal sealed class ProjectionDaemon(DocumentStore store, ILogger logger) : IProjectionDaemon
{
    public bool IsRunning => false;
    public Task StartAllAsync() => throw new NotImplementedException();
    public Task StopAllAsync() => throw new NotImplementedException();
    public Task StartAgentAsync(string shardName, CancellationToken token) => throw new NotImplementedException();
    public Task StopAgentAsync(string shardName, Exception? ex = null) => throw new NotImplementedException();
    public Task RebuildProjectionAsync(string projectionName, CancellationToken token) => throw new NotImplementedException();
    public Task RebuildProjectionAsync<TView>(CancellationToken token) => throw new NotImplementedException();
    public Task RebuildProjectionAsync(Type projectionType, CancellationToken token) => throw new NotImplementedException();
    public Task RebuildProjectionAsync(string projectionName, TimeSpan shardTimeout, CancellationToken token) => throw new NotImplementedException();
    public Task RebuildProjectionAsync<TView>(TimeSpan shardTimeout, CancellationToken token) => throw new NotImplementedException();
    public Task RebuildProjectionAsync(Type projectionType, TimeSpan shardTimeout, CancellationToken token) => throw new NotImplementedException();
    public Task CatchUpAsync(CancellationToken cancellation) => throw new NotImplementedException();
    public Task CatchUpAsync(TimeSpan timeout, CancellationToken cancellation) => throw new NotImplementedException();
    public Task WaitForNonStaleData(TimeSpan timeout) => throw new NotImplementedException();
    public Task WaitForShardToBeRunning(string shardName, TimeSpan timeout) => throw new NotImplementedException();
    public long HighWaterMark() => throw new NotImplementedException();
    public AgentStatus StatusFor(string shardName) => throw new NotImplementedException();
    public IReadOnlyList<ISubscriptionAgent> CurrentAgents() => throw new NotImplementedException();
    public bool HasAnyPaused() => throw new NotImplementedException();
    public void EjectPausedShard(string shardName) => throw new NotImplementedException();
    public void Dispose() => _ = (store, logger);
}
