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

    /// <summary>Reads events of an old stored name as another type.</summary>
    public abstract class EventUpcaster : IEventUpcaster
    {
        public virtual string EventTypeName => EventMapping.DefaultName(EventType, EventNamingStyle.ClassicTypeName);
        public abstract Type EventType { get; }
        public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);

        /// <summary>The stored body.</summary>
        internal static MemoryStream Body(DbDataReader dbDataReader, int index) => new(dbDataReader.GetFieldValue<byte[]>(index), writable: false);
    }

    /// <summary>Reads events of an old stored name as <typeparamref name="TEvent"/>.</summary>
    public abstract class EventUpcaster<TEvent> : EventUpcaster
    {
        public override Type EventType => typeof(TEvent);
    }

    /// <summary>Turns an old class of an event into its present one.</summary>
    public abstract class EventUpcaster<TOldEvent, TEvent> : EventUpcaster<TEvent> where TOldEvent : notnull where TEvent : notnull
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
    public abstract class EventUpcaster<TEvent> : Transformations.EventUpcaster<TEvent> where TEvent : notnull
    {
        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
        {
            using var body = JsonDocument.Parse(Body(dbDataReader, index));
            return Upcast(body);
        }

        protected abstract TEvent Upcast(JsonDocument oldEvent);
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
}
