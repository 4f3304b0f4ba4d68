// Signatures of Marten 9.29.0: facts, without a body.
using Marten.Events;
using Marten.Services.Json.Transformations;

public static class EventStoreOptionsExtensions
{
    public static extern IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(this IEventStoreOptions options, uint schemaVersion) where TEvent : class;
    public static extern IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(this IEventStoreOptions options, string suffix) where TEvent : class;
    public static extern IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
    public static extern IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync) where TOldEvent : class where TEvent : class;
    public static extern IEventStoreOptions Upcast<TEvent>(this IEventStoreOptions options, JsonTransformation jsonTransformation) where TEvent : class;
    public static extern IEventStoreOptions Upcast(this IEventStoreOptions options, Type eventType, JsonTransformation jsonTransformation);
    public static extern IEventStoreOptions Upcast<TEvent>(this IEventStoreOptions options, uint schemaVersion, JsonTransformation jsonTransformation) where TEvent : class;
    public static extern IEventStoreOptions Upcast(this IEventStoreOptions options, Type eventType, uint schemaVersion, JsonTransformation jsonTransformation);
}
