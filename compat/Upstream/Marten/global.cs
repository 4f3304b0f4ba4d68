// Signatures of Marten 9.29.0: facts, without a body.
using Marten.Events;

public static class EventStoreOptionsExtensions
{
    public static extern IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(this IEventStoreOptions options, uint schemaVersion) where TEvent : class;
    public static extern IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(this IEventStoreOptions options, string suffix) where TEvent : class;
    public static extern IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast) where TOldEvent : class where TEvent : class;
}
