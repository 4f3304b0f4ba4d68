using System.Data.Common;
using System.Text.Json;
using JasperFx.Events;
using Marten.Events;

namespace Marten.Services.Json.Transformations
{
    /// <summary>Reads events of an old stored name as another type.</summary>
    public interface IEventUpcaster
    {
        string EventTypeName { get; }
        Type EventType { get; }
        object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    }

    /// <summary>Reads events of an old stored name as <typeparamref name="TEvent"/>.</summary>
    public abstract class EventUpcaster<TEvent> : IEventUpcaster where TEvent : notnull
    {
        public virtual string EventTypeName => EventMapping.DefaultName(typeof(TEvent), EventNamingStyle.ClassicTypeName);
        public Type EventType => typeof(TEvent);
        public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);

        /// <summary>The stored body.</summary>
        protected static MemoryStream Body(DbDataReader dbDataReader, int index) => new(dbDataReader.GetFieldValue<byte[]>(index), writable: false);
    }

    /// <summary>Turns an old class of an event into its present one.</summary>
    public abstract class EventUpcaster<TOldEvent, TEvent> : EventUpcaster<TEvent> where TOldEvent : class where TEvent : class
    {
        public override string EventTypeName => EventMapping.DefaultName(typeof(TOldEvent), EventNamingStyle.ClassicTypeName);

        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
        {
            using var body = Body(dbDataReader, index);
            return Upcast(serializer.FromJson<TOldEvent>(body));
        }

        protected abstract TEvent Upcast(TOldEvent oldEvent);
    }
}

namespace Marten.Services.Json.Transformations.SystemTextJson
{
    /// <summary>Turns the JSON of an old event into its present class.</summary>
    public abstract class EventUpcaster<TEvent> : Transformations.EventUpcaster<TEvent> where TEvent : class
    {
        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
        {
            using var body = JsonDocument.Parse(Body(dbDataReader, index));
            return Upcast(body);
        }

        protected abstract TEvent Upcast(JsonDocument oldEventJson);
    }
}

namespace Marten.Events
{
    internal sealed class LambdaUpcaster<TOldEvent, TEvent>(string name, Func<TOldEvent, TEvent> upcast)
        : Services.Json.Transformations.EventUpcaster<TOldEvent, TEvent> where TOldEvent : class where TEvent : class
    {
        public override string EventTypeName => name;

        protected override TEvent Upcast(TOldEvent oldEvent) => upcast(oldEvent);
    }

    /// <summary>Stored names that carry a version or another suffix.</summary>
    public static class EventStoreOptionsExtensions
    {
        /// <summary>Stores the type under its name and <c>_v2</c> or whatever the version is.</summary>
        public static IEventStoreOptions MapEventTypeWithSchemaVersion<TEvent>(this IEventStoreOptions options, uint schemaVersion) where TEvent : class =>
            options.MapEventTypeWithNameSuffix<TEvent>($"v{schemaVersion}");

        /// <summary>Stores the type under its name, an underscore and the suffix.</summary>
        public static IEventStoreOptions MapEventTypeWithNameSuffix<TEvent>(this IEventStoreOptions options, string suffix) where TEvent : class =>
            options.MapEventType<TEvent>($"{EventMapping.DefaultName(typeof(TEvent), options.EventNamingStyle)}_{suffix}");

        /// <summary>Reads what was stored under the old type's name and version as the present type.</summary>
        public static IEventStoreOptions Upcast<TOldEvent, TEvent>(this IEventStoreOptions options, uint schemaVersion, Func<TOldEvent, TEvent> upcast)
            where TOldEvent : class where TEvent : class =>
            options.Upcast($"{EventMapping.DefaultName(typeof(TOldEvent), options.EventNamingStyle)}_v{schemaVersion}", upcast);
    }
}
