using JasperFx.Events.Projections;
using Microsoft.Extensions.Hosting;

namespace JasperFx.Events.Projections
{
    /// <summary>One page of events: those after the floor up to and including the ceiling.</summary>
    public class EventRange
    {
        private readonly HashSet<long> _skipped = [];

        internal EventRange(ShardName shardName, long floor, long ceiling) => (ShardName, SequenceFloor, SequenceCeiling) = (shardName, floor, ceiling);

        public ShardName ShardName { get; }
        public long SequenceFloor { get; }
        public long SequenceCeiling { get; }
        public List<IEvent> Events { get; set; } = [];
        public int Size => Events.Count;

        internal EventRange Before(long sequence) => new(ShardName, SequenceFloor, sequence - 1) { Events = Events.FindAll(e => e.Sequence < sequence) };

        /// <summary>The page ended at its limit, so there may be more below the mark.</summary>
        internal bool IsFull { get; init; }

        /// <summary>Takes one event out of the page, for instance because it is recorded as a dead letter.</summary>
        public ValueTask SkipEventSequence(long eventSequence)
        {
            _skipped.Add(eventSequence);
            Events.RemoveAll(e => _skipped.Contains(e.Sequence));
            return ValueTask.CompletedTask;
        }

        public override string ToString() => $"{ShardName} ({SequenceFloor}, {SequenceCeiling}]";
    }
}

namespace JasperFx.Events.Daemon
{
    /// <summary>Where projections and subscriptions run.</summary>
    public enum DaemonMode { Disabled, Solo, HotCold, ExternallyManaged }

    /// <summary>What has just happened to a shard.</summary>
    public enum ShardAction { Updated, Started, Stopped, Paused, Skipped, Faulted, Restarted }

    /// <summary>Whether a shard follows the store or replays it.</summary>
    public enum ShardExecutionMode { Continuous, Rebuild, CatchUp }

    /// <summary>What may be skipped instead of stopping; all false here, where upstream skips while running continuously.</summary>
    public class ErrorHandlingOptions
    {
        public bool SkipApplyErrors { get; set; }
        public bool SkipUnknownEvents { get; set; }
        public bool SkipSerializationErrors { get; set; }
    }

    /// <summary>An event a shard was told to pass over, kept for an operator.</summary>
    public class DeadLetterEvent
    {
        public Guid Id { get; set; }
        public string ProjectionName { get; set; } = "";
        public string ShardName { get; set; } = "";
        public long EventSequence { get; set; }
        public string ExceptionType { get; set; } = "";
        public string ExceptionMessage { get; set; } = "";
        public DateTimeOffset Timestamp { get; set; }
        public string? TenantId { get; set; } = StorageConstants.DefaultTenantId;
    }

    /// <summary>What a subscription may tell the shard that runs it.</summary>
    public interface ISubscriptionController
    {
        ShardExecutionMode Mode { get; }
        ErrorHandlingOptions ErrorOptions { get; }
        ShardName Name { get; }
        AsyncOptions Options { get; }

        /// <summary>Everything up to here is done, even if the page goes on.</summary>
        ValueTask MarkSuccessAsync(long processedCeiling);

        Task ReportCriticalFailureAsync(Exception ex);

        /// <summary>Stop after this page; everything up to here is done.</summary>
        Task ReportCriticalFailureAsync(Exception ex, long lastProcessed);

        Task RecordDeadLetterEventAsync(IEvent @event, Exception ex);
    }

    /// <summary>A running shard.</summary>
    public interface ISubscriptionAgent : ISubscriptionController
    {
        AgentStatus Status { get; }
        long Position { get; }
    }

    /// <summary>Runs projections and subscriptions of one database in this process.</summary>
    public interface IProjectionDaemon : IDisposable
    {
        bool IsRunning { get; }
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
        ShardStateTracker Tracker { get; }
        AgentStatus StatusFor(string shardName);
        IReadOnlyList<ISubscriptionAgent> CurrentAgents();
        bool HasAnyPaused();
        void EjectPausedShard(string shardName);
    }

    /// <summary>The hosted service that decides which shards this node runs.</summary>
    public interface IProjectionCoordinator : IHostedService
    {
        IProjectionDaemon DaemonForMainDatabase();
        Task PauseAsync();
        Task ResumeAsync();
    }

    /// <summary>What ends a document, said one after the other.</summary>
    public interface IAggregationSteps<T, out TQuerySession>
    {
        IAggregationSteps<T, TQuerySession> DeleteEvent<TEvent>() where TEvent : class;
    }

    /// <summary>A shard's progress row was not where the shard left it: another node advances it.</summary>
    public class ProgressionProgressOutOfOrderException(ShardName progressionOrShardName)
        : Exception($"Progression '{progressionOrShardName}' is out of order. This may happen when multiple processes try to process the projection");

    /// <summary>Applying an event to a projection failed; the message names the event, never its body.</summary>
    public class ApplyEventException(IEvent @event, Exception innerException) : Exception(
        $"Failure to apply event #{@event.Sequence} ({@event.EventTypeName}, id {@event.Id}, stream {@event.StreamId})", innerException)
    {
        public IEvent Event { get; } = @event;
    }

    /// <summary>A page of events could not be read.</summary>
    public class EventLoaderException : Exception
    {
        internal EventLoaderException(ShardName name, Exception innerException)
            : base($"Failure while trying to load events for projection shard '{name}'", innerException) { }
    }

    /// <summary>How the daemon polls, retries and elects.</summary>
    public class DaemonSettings
    {
        public DaemonMode AsyncMode { get; set; } = DaemonMode.Disabled;
        public int DaemonLockId { get; set; } = 4444;
        public int LeadershipPollingTime { get; set; } = 5000;
        public TimeSpan FastPollingTime { get; set; } = TimeSpan.FromMilliseconds(250);
        public TimeSpan SlowPollingTime { get; set; } = TimeSpan.FromSeconds(1);
        public TimeSpan HealthCheckPollingTime { get; set; } = TimeSpan.FromSeconds(5);
        public TimeSpan StaleSequenceThreshold { get; set; } = TimeSpan.FromSeconds(3);
        public TimeSpan AgentPauseTime { get; set; } = TimeSpan.FromSeconds(1);
        public TimeSpan StopAndDrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
    }
}
