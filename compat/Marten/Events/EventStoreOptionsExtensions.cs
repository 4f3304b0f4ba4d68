using Marten.Events;
using Marten.Services.Json.Transformations;

// Upstream has this class in no namespace.
#pragma warning disable CA1050

/// <summary>Stored names that carry a version or another suffix.</summary>
public static class EventStoreOptionsExtensions
{
    /// <summary>Stores the type under its name and <c>_v2</c> or whatever the version is.</summary>
    public static IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(this IEventStoreOptions options, uint schemaVersion) where TEvent : class =>
        options.MapEventTypeWithNameSuffix<TEvent>($"v{schemaVersion}");

    /// <summary>Stores the type under its name, an underscore and the suffix.</summary>
    public static IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(this IEventStoreOptions options, string suffix) where TEvent : class
    {
        options.MapEventType<TEvent>($"{EventMapping.DefaultName(typeof(TEvent), options.EventNamingStyle)}_{suffix}");
        return options;
    }

    /// <summary>Reads what was stored under the old type's name and version as the present type.</summary>
    public static IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast)
        where TOldEvent : class where TEvent : class =>
        options.Upcast($"{EventMapping.DefaultName(typeof(TOldEvent), options.EventNamingStyle)}_v{schemaVersion}", upcast);
}
