// Signatures of Marten 9.29.0: facts, without a body.
using JasperFx.Events;
using JasperFx.Events.Subscriptions;
using Marten.Services.Json.Transformations;
using Marten.Subscriptions;
using Microsoft.Extensions.Hosting;

namespace Marten.Events;

public class EventStoreStatistics
{
    public extern EventStoreStatistics();
    public extern long EventCount { get; set; }
    public extern long StreamCount { get; set; }
    public extern long EventSequenceNumber { get; set; }
}

public interface IEventStoreOperations : JasperFx.Events.IEventStoreOperations, Marten.Events.IQueryEventStore;

public interface IEventStoreOptions
{
    IEventStoreOptions AddEventType<TEvent>();
    void AddEventType(Type eventType);
    void AddEventTypes(IEnumerable<Type> types);
    void MapEventType<TEvent>(string eventTypeName) where TEvent : class;
    void MapEventType(Type eventType, string eventTypeName);
    IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TEvent>(string eventTypeName, JsonTransformation jsonTransformation) where TEvent : class;
    IEventStoreOptions Upcast(Type eventType, string eventTypeName, JsonTransformation jsonTransformation);
    IEventStoreOptions Upcast(params IEventUpcaster[] upcasters);
    IEventStoreOptions Upcast<TUpcaster>() where TUpcaster : IEventUpcaster, new();
    void AddMaskingRuleForProtectedInformation<T>(Action<T> action);
    void AddMaskingRuleForProtectedInformation<T>(Func<T, T> func);
    void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null);
    StreamIdentity StreamIdentity { get; set; }
    string DatabaseSchemaName { get; set; }
    EventAppendMode AppendMode { get; set; }
    EventNamingStyle EventNamingStyle { get; set; }
    MetadataConfig MetadataConfig { get; }
    TimeProvider TimeProvider { get; set; }
    bool EnableUniqueIndexOnEventId { get; set; }
    bool EnableEventTypeIndex { get; set; }
    bool EnableAdvancedAsyncTracking { get; set; }
    bool EnableBigIntEvents { get; set; }
    bool UseIdentityMapForAggregates { get; set; }
    bool UseMandatoryStreamTypeDeclaration { get; set; }
    bool UseListenNotifyForEventAppends { get; set; }
}

public interface IQueryEventStore : JasperFx.Events.IQueryEventStore;

public class MetadataConfig
{
    internal extern MetadataConfig();
    public extern void EnableAll();
    public extern bool CorrelationIdEnabled { get; set; }
    public extern bool CausationIdEnabled { get; set; }
    public extern bool HeadersEnabled { get; set; }
    public extern bool UserNameEnabled { get; set; }
}

public static class TestingExtensions
{
    public static extern Task WaitForNonStaleProjectionDataAsync(this IHost host, TimeSpan timeout);
    public static extern Task WaitForNonStaleProjectionDataAsync(this IDocumentStore store, TimeSpan timeout);
}
