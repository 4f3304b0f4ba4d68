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
        options.MapEventType<TEvent>($"{Name(options, typeof(TEvent))}_{suffix}");
        return options;
    }

    /// <summary>Reads what was stored under the old type's name and version as the present type.</summary>
    public static IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast)
        where TOldEvent : class where TEvent : class => options.Upcast(Name(options, typeof(TOldEvent), schemaVersion), upcast);

    /// <summary>Reads what was stored under the old type's name and version as the present type.</summary>
    public static IEventStoreOptions Upcast<TOldEvent, TEvent>(
        this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, CancellationToken, Task<TEvent>> upcastAsync)
        where TOldEvent : class where TEvent : class => options.Upcast(Name(options, typeof(TOldEvent), schemaVersion), upcastAsync);

    /// <summary>Reads what is stored under the name the type has by itself, and no longer uses, by the transformation.</summary>
    public static IEventStoreOptions Upcast<TEvent>(this IEventStoreOptions options, JsonTransformation jsonTransformation) where TEvent : class =>
        options.Upcast(typeof(TEvent), jsonTransformation);

    /// <summary>Reads what is stored under the name the type has by itself, and no longer uses, by the transformation.</summary>
    public static IEventStoreOptions Upcast(this IEventStoreOptions options, Type eventType, JsonTransformation jsonTransformation) =>
        options.Upcast(eventType, Name(options, eventType), jsonTransformation);

    /// <summary>Reads what is stored under the type's name and version by the transformation.</summary>
    public static IEventStoreOptions Upcast<TEvent>(this IEventStoreOptions options, uint schemaVersion, JsonTransformation jsonTransformation)
        where TEvent : class => options.Upcast(typeof(TEvent), schemaVersion, jsonTransformation);

    /// <summary>Reads what is stored under the type's name and version by the transformation.</summary>
    public static IEventStoreOptions Upcast(this IEventStoreOptions options, Type eventType, uint schemaVersion, JsonTransformation jsonTransformation) =>
        options.Upcast(eventType, Name(options, eventType, schemaVersion), jsonTransformation);

    private static string Name(IEventStoreOptions options, Type type) => EventMapping.DefaultName(type, options.EventNamingStyle);

    private static string Name(IEventStoreOptions options, Type type, uint schemaVersion) => $"{Name(options, type)}_v{schemaVersion}";
}
