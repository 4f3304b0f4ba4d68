// Signatures of JasperFx.Events 2.53.0: facts, without a body.
using JasperFx.Events.Projections;
using Microsoft.Extensions.Hosting;

namespace JasperFx.Events.Daemon;

public class ApplyEventException : Exception
{
    public extern ApplyEventException(IEvent @event, Exception innerException);
    public extern IEvent Event { get; }
}

public enum DaemonMode { Disabled, Solo, HotCold, ExternallyManaged }

public class DaemonSettings
{
    public extern DaemonSettings();
    public extern DaemonMode AsyncMode { get; set; }
    public extern int DaemonLockId { get; set; }
    public extern int LeadershipPollingTime { get; set; }
    public extern TimeSpan FastPollingTime { get; set; }
    public extern TimeSpan SlowPollingTime { get; set; }
    public extern TimeSpan HealthCheckPollingTime { get; set; }
    public extern TimeSpan StaleSequenceThreshold { get; set; }
    public extern TimeSpan AgentPauseTime { get; set; }
    public extern TimeSpan StopAndDrainTimeout { get; set; }
}

public class DeadLetterEvent
{
    public extern DeadLetterEvent();
    public extern Guid Id { get; set; }
    public extern string ProjectionName { get; set; }
    public extern string ShardName { get; set; }
    public extern long EventSequence { get; set; }
    public extern string ExceptionType { get; set; }
    public extern string ExceptionMessage { get; set; }
    public extern DateTimeOffset Timestamp { get; set; }
    public extern string? TenantId { get; set; }
}

public class ErrorHandlingOptions
{
    public extern ErrorHandlingOptions();
    public extern bool SkipApplyErrors { get; set; }
    public extern bool SkipUnknownEvents { get; set; }
    public extern bool SkipSerializationErrors { get; set; }
}

public class EventLoaderException : Exception
{
    internal extern EventLoaderException();
}

public interface IAggregationSteps<T, out TQuerySession>
{
    IAggregationSteps<T, TQuerySession> DeleteEvent<TEvent>() where TEvent : class;
}

public interface IProjectionCoordinator : IHostedService
{
    IProjectionDaemon DaemonForMainDatabase();
    Task PauseAsync();
    Task ResumeAsync();
}

public interface IProjectionDaemon : IDisposable
{
    Task StartAllAsync();
    Task StopAllAsync();
    Task StartAgentAsync(string shardName, CancellationToken token);
    Task StopAgentAsync(string shardName, Exception? ex = null);
    Task RebuildProjectionAsync(string projectionName, CancellationToken token);
    Task RebuildProjectionAsync<TView>(CancellationToken token);
    Task RebuildProjectionAsync(Type projectionType, CancellationToken token);
    Task RebuildProjectionAsync(string projectionName, TimeSpan shardTimeout, CancellationToken token);
    Task RebuildProjectionAsync<TView>(TimeSpan shardTimeout, CancellationToken token);
    Task RebuildProjectionAsync(Type projectionType, TimeSpan shardTimeout, CancellationToken token);
    Task CatchUpAsync(CancellationToken cancellation);
    Task CatchUpAsync(TimeSpan timeout, CancellationToken cancellation);
    Task WaitForNonStaleData(TimeSpan timeout);
    Task WaitForShardToBeRunning(string shardName, TimeSpan timeout);
    Task RewindSubscriptionAsync(string subscriptionName, CancellationToken token, long? sequenceFloor = 0, DateTimeOffset? timestamp = null);
    long HighWaterMark();
    AgentStatus StatusFor(string shardName);
    IReadOnlyList<ISubscriptionAgent> CurrentAgents();
    bool HasAnyPaused();
    void EjectPausedShard(string shardName);
    bool IsRunning { get; }
    ShardStateTracker Tracker { get; }
}

public interface ISubscriptionAgent : ISubscriptionController
{
    AgentStatus Status { get; }
    long Position { get; }
}

public interface ISubscriptionController
{
    ValueTask MarkSuccessAsync(long processedCeiling);
    Task ReportCriticalFailureAsync(Exception ex);
    Task ReportCriticalFailureAsync(Exception ex, long lastProcessed);
    Task RecordDeadLetterEventAsync(IEvent @event, Exception ex);
    ShardExecutionMode Mode { get; }
    ErrorHandlingOptions ErrorOptions { get; }
    ShardName Name { get; }
    AsyncOptions Options { get; }
}

public class ProgressionProgressOutOfOrderException : Exception
{
    public extern ProgressionProgressOutOfOrderException(ShardName progressionOrShardName);
}

public enum ShardAction { Updated, Started, Stopped, Paused, Skipped, Faulted, Restarted }

public enum ShardExecutionMode { Continuous, Rebuild, CatchUp }

public class ShardStateTracker : IObservable<ShardState>
{
    internal extern ShardStateTracker();
    public extern IDisposable Subscribe(IObserver<ShardState> observer);
    public extern long HighWaterMark { get; }
}
