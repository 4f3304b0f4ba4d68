// Signatures of JasperFx.Events 2.53.0: facts, without a body.
using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using JasperFx.Events.Protected;
using Microsoft.Extensions.Hosting;

namespace JasperFx.Events
{
    public record Archived(string Reason);

    public class EmptyEventStreamException : Exception
    {
        public extern EmptyEventStreamException(Guid id);
    }

    public static class Event
    {
        public static extern IEvent<T> For<T>(T data) where T : notnull;
        public static extern IEvent<T> AsEvent<T>(this T data) where T : notnull;
        public static extern IEvent WithHeader(this IEvent e, string key, object value);
        public static extern IEvent AtTimestamp(this IEvent e, DateTimeOffset timestamp);
    }

    public class Event<T> : IEvent<T> where T : notnull
    {
        public extern Event(T data);
        public extern void SetHeader(string key, object value);
        public extern object? GetHeader(string key);
        public extern T Data { get; set; }
        public extern Guid Id { get; set; }
        public extern long Version { get; set; }
        public extern long Sequence { get; set; }
        public extern Guid StreamId { get; set; }
        public extern string? StreamKey { get; set; }
        public extern DateTimeOffset Timestamp { get; set; }
        public extern string TenantId { get; set; }
        public extern Type EventType { get; }
        public extern string EventTypeName { get; set; }
        public extern string DotNetTypeName { get; set; }
        public extern string? CausationId { get; set; }
        public extern string? CorrelationId { get; set; }
        public extern string? UserName { get; set; }
        public extern Dictionary<string, object>? Headers { get; set; }
        public extern bool IsArchived { get; set; }
        public extern bool IsSkipped { get; set; }
        public extern string? AggregateTypeName { get; set; }
        extern object IEvent.Data { get; }
    }

    public enum EventAppendMode { Rich, Quick, QuickWithServerTimestamps }

    public enum EventNamingStyle { ClassicTypeName, SmarterTypeName, FullTypeName }

    public class EventStreamUnexpectedMaxEventIdException : ConcurrencyException
    {
        public extern EventStreamUnexpectedMaxEventIdException(object id, Type? aggregateType, long expected, long actual);
        public extern EventStreamUnexpectedMaxEventIdException(string? message);
        public extern Type? AggregateType { get; }
    }

    public interface IEvent
    {
        void SetHeader(string key, object value);
        object? GetHeader(string key);
        Guid Id { get; set; }
        long Version { get; set; }
        long Sequence { get; set; }
        object Data { get; }
        Guid StreamId { get; set; }
        string? StreamKey { get; set; }
        DateTimeOffset Timestamp { get; set; }
        string TenantId { get; set; }
        Type EventType { get; }
        string EventTypeName { get; set; }
        string DotNetTypeName { get; set; }
        string? CausationId { get; set; }
        string? CorrelationId { get; set; }
        string? UserName { get; set; }
        Dictionary<string, object>? Headers { get; set; }
        bool IsArchived { get; set; }
        bool IsSkipped { get; set; }
        string? AggregateTypeName { get; set; }
    }

    public interface IEvent<out T> : IEvent where T : notnull
    {
        new T Data { get; }
    }

    public interface IEventOperations
    {
        StreamAction Append(Guid stream, IEnumerable<object> events);
        StreamAction Append(Guid stream, params object[] events);
        StreamAction Append(Guid stream, long expectedVersion, params object[] events);
        StreamAction StartStream<TAggregate>(Guid id, params object[] events) where TAggregate : class;
        StreamAction StartStream<TAggregate>(params object[] events) where TAggregate : class;
        StreamAction StartStream<TAggregate>(IEnumerable<object> events) where TAggregate : class;
        StreamAction StartStream(Type aggregateType, Guid id, params object[] events);
        StreamAction StartStream(Type aggregateType, Guid id, IEnumerable<object> events);
        StreamAction StartStream(Guid id, params object[] events);
        StreamAction StartStream(Guid id, IEnumerable<object> events);
        StreamAction StartStream(params object[] events);
    }

    public interface IEventStoreOperations : IEventOperations, JasperFx.Events.IQueryEventStore
    {
        StreamAction Append(Guid stream, long expectedVersion, IEnumerable<object> events);
        StreamAction StartStream<TAggregate>(Guid id, IEnumerable<object> events) where TAggregate : class;
        Task<IEventStream<T>> FetchForWriting<T>(Guid id, CancellationToken cancellation = default) where T : class;
        Task<IEventStream<T>> FetchForWriting<T>(Guid id, long expectedVersion, CancellationToken cancellation = default) where T : class;
        Task<IEventStream<T>> FetchForExclusiveWriting<T>(Guid id, CancellationToken cancellation = default) where T : class;
        Task WriteToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class;
        Task WriteToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class;
        Task WriteToAggregate<T>(Guid id, int expectedVersion, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class;
        Task WriteToAggregate<T>(Guid id, int expectedVersion, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class;
        Task WriteExclusivelyToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class;
        Task WriteExclusivelyToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class;
        ValueTask<T?> FetchLatest<T>(Guid id, CancellationToken cancellation = default) where T : class;
        ValueTask<T?> ProjectLatest<T>(Guid id, CancellationToken cancellation = default) where T : class;
        Task AppendOptimistic(Guid streamId, CancellationToken token, params object[] events);
        Task AppendOptimistic(Guid streamId, params object[] events);
        Task AppendExclusive(Guid streamId, CancellationToken token, params object[] events);
        Task AppendExclusive(Guid streamId, params object[] events);
        void ArchiveStream(Guid streamId);
        IEvent BuildEvent(object data);
    }

    public interface IEventStream<out T> where T : notnull
    {
        void AppendOne(object @event);
        void AppendMany(params object[] events);
        void AppendMany(IEnumerable<object> events);
        void TryFastForwardVersion();
        T? Aggregate { get; }
        long? StartingVersion { get; }
        long? CurrentVersion { get; }
        CancellationToken Cancellation { get; }
        Guid Id { get; }
        string? Key { get; }
        IReadOnlyList<IEvent> Events { get; }
        bool AlwaysEnforceConsistency { get; set; }
    }

    public interface IQueryEventStore
    {
        Task<IReadOnlyList<IEvent>> FetchStreamAsync(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default);
        Task<T?> AggregateStreamAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, T? state = null, long fromVersion = 0, CancellationToken token = default) where T : class;
        Task<StreamState?> FetchStreamStateAsync(Guid streamId, CancellationToken token = default);
        Task<IEvent<T>?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : class;
        Task<IEvent?> LoadAsync(Guid id, CancellationToken token = default);
        Task<T?> AggregateStreamToLastKnownAsync<T>(Guid streamId, long version = 0, DateTimeOffset? timestamp = null, CancellationToken token = default) where T : class;
    }

    public class StreamAction
    {
        public extern StreamAction(Guid stream, StreamActionType actionType);
        public extern StreamAction AddEvent(IEvent @event);
        public extern StreamAction AddEvents(IReadOnlyList<IEvent> events);
        public extern Guid Id { get; }
        public extern string? Key { get; }
        public extern StreamActionType ActionType { get; }
        public extern Type? AggregateType { get; set; }
        public extern string? AggregateTypeName { get; }
        public extern string TenantId { get; set; }
        public extern IReadOnlyList<IEvent> Events { get; }
        public extern long? ExpectedVersionOnServer { get; set; }
        public extern long Version { get; set; }
        public extern bool AlwaysEnforceConsistency { get; set; }
        public extern DateTimeOffset? Timestamp { get; }
    }

    public enum StreamActionType { Start, Append }

    public enum StreamIdentity { AsGuid, AsString }

    public class StreamState
    {
        public extern StreamState();
        public extern StreamState(Guid id, long version, Type? aggregateType, DateTimeOffset lastTimestamp, DateTimeOffset created);
        public extern Guid Id { get; set; }
        public extern string? Key { get; set; }
        public extern long Version { get; set; }
        public extern Type? AggregateType { get; set; }
        public extern DateTimeOffset LastTimestamp { get; set; }
        public extern DateTimeOffset Created { get; set; }
        public extern bool IsArchived { get; set; }
    }
}

namespace JasperFx.Events.Daemon
{
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
}

namespace JasperFx.Events.Projections
{
    public class AsyncOptions
    {
        public extern AsyncOptions SubscribeFromPresent(string? databaseIdentifier = null);
        public extern AsyncOptions SubscribeFromTime(DateTimeOffset eventTimestampFloor, string? databaseIdentifier = null);
        public extern AsyncOptions SubscribeFromSequence(long sequenceFloor, string? databaseIdentifier = null);
        public extern void DeleteViewTypeOnTeardown<T>();
        public extern void DeleteViewTypeOnTeardown(Type type);
        public extern AsyncOptions();
        public extern int BatchSize { get; set; }
        public extern int MaximumHopperSize { get; set; }
        public extern bool TeardownDataOnRebuild { get; set; }
        public extern bool EnableDocumentTrackingByIdentity { get; set; }
        public extern int CacheLimitPerTenant { get; set; }
    }

    public class EventFilterable : IEventFilterable
    {
        public extern void IncludeType<T>();
        public extern void IncludeType(Type type);
        public extern void FilterIncomingEventsOnStreamType(Type streamType);
        public extern EventFilterable();
        public extern bool IncludeArchivedEvents { get; set; }
    }

    public class EventRange
    {
        internal extern EventRange();
        public extern ValueTask SkipEventSequence(long eventSequence);
        public override extern string ToString();
        public extern ShardName ShardName { get; }
        public extern long SequenceFloor { get; }
        public extern long SequenceCeiling { get; }
        public extern List<IEvent> Events { get; set; }
        public extern int Size { get; }
    }

    public interface IEventFilterable
    {
        void IncludeType<T>();
        void IncludeType(Type type);
        void FilterIncomingEventsOnStreamType(Type streamType);
        bool IncludeArchivedEvents { get; set; }
    }

    public interface IProjectionSource<TOperations, TQuerySession> where TOperations : TQuerySession;

    public class InvalidEventToStartAggregateException : Exception
    {
        public extern InvalidEventToStartAggregateException(Type aggregateType, Type projectionType, Type eventType);
    }

    public class InvalidProjectionException : Exception
    {
        public extern InvalidProjectionException(string message);
    }

    public abstract class ProjectionBase : EventFilterable
    {
        protected extern ProjectionBase();
        public extern string Name { get; set; }
        public extern uint Version { get; set; }
        public extern ProjectionLifecycle Lifecycle { get; set; }
        public extern AsyncOptions Options { get; }
    }

    public enum ProjectionLifecycle { Inline, Async, Live }

    [AttributeUsage(AttributeTargets.Class)]
    public class ProjectionVersionAttribute : Attribute
    {
        public extern ProjectionVersionAttribute(uint version);
        public extern uint Version { get; }
    }

    public class ShardName
    {
        public const string All = "All";
        public extern ShardName(string name);
        public extern ShardName(string name, string shardKey, uint version);
        public override extern string ToString();
        public override extern bool Equals(object? obj);
        public override extern int GetHashCode();
        public extern string Name { get; }
        public extern string ShardKey { get; }
        public extern uint Version { get; }
        public extern string Identity { get; }
    }

    public class ShardState
    {
        public const string HighWaterMark = "HighWaterMark";
        public extern ShardState(string shardName, long sequence);
        public extern ShardState(ShardName shardName, long sequence);
        public override extern string ToString();
        public extern string ShardName { get; }
        public extern long Sequence { get; }
        public extern Exception? Exception { get; set; }
        public extern ShardAction Action { get; set; }
    }

    public enum SnapshotLifecycle { Inline, Async }
}

namespace JasperFx.Events.Protected
{
    public interface IEventDataMasking
    {
        IEventDataMasking ForTenant(string tenantId);
        IEventDataMasking IncludeStream(Guid streamId);
        IEventDataMasking IncludeStream(Guid streamId, Func<IEvent, bool> filter);
        IEventDataMasking IncludeEvents(Expression<Func<IEvent, bool>> filter);
        IEventDataMasking AddHeader(string key, object value);
    }
}

namespace JasperFx.Events.Subscriptions
{
    public interface ISubscriptionOptions : IEventFilterable
    {
        string Name { get; set; }
        uint Version { get; set; }
        AsyncOptions Options { get; }
    }
}
