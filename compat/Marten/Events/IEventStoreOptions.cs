using JasperFx.Events;
using JasperFx.Events.Subscriptions;
using Marten.Services.Json.Transformations;
using Marten.Subscriptions;

namespace Marten.Events;

/// <summary>How events are identified, named, stamped and stored.</summary>
public interface IEventStoreOptions
{
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

    IEventStoreOptions AddEventType<TEvent>();
    void AddEventType(Type eventType);
    void AddEventTypes(IEnumerable<Type> types);
    void MapEventType<TEvent>(string eventTypeName) where TEvent : class;
    void MapEventType(Type eventType, string eventTypeName);
    IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TOldEvent, TEvent>(Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync) where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TOldEvent, TEvent>(string eventTypeName, Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class where TEvent : class;
    IEventStoreOptions Upcast<TEvent>(string eventTypeName, JsonTransformation jsonTransformation) where TEvent : class;
    IEventStoreOptions Upcast(Type eventType, string eventTypeName, JsonTransformation jsonTransformation);
    IEventStoreOptions Upcast(params IEventUpcaster[] upcasters);
    IEventStoreOptions Upcast<TUpcaster>() where TUpcaster : IEventUpcaster, new();
    void AddMaskingRuleForProtectedInformation<T>(Action<T> action);
    void AddMaskingRuleForProtectedInformation<T>(Func<T, T> func);
    void Subscribe(ISubscription subscription, Action<ISubscriptionOptions>? configure = null);
}

/// <summary>Which optional metadata columns the event table has.</summary>
public class MetadataConfig
{
    internal MetadataConfig() { }

    public bool CorrelationIdEnabled { get; set; }
    public bool CausationIdEnabled { get; set; }
    public bool HeadersEnabled { get; set; }
    public bool UserNameEnabled { get; set; }

    /// <summary>Turns correlation, causation and headers on; the user's name stays a choice of its own.</summary>
    public void EnableAll() => CorrelationIdEnabled = CausationIdEnabled = HeadersEnabled = true;
}

/// <summary>Where the event store stands.</summary>
public class EventStoreStatistics
{
    public long EventCount { get; set; }
    public long StreamCount { get; set; }
    public long EventSequenceNumber { get; set; }
}
