using System.Data.Common;
using System.Text.Json;
using JasperFx.Events;
using Marten.Events;
using Marten.Exceptions;

namespace Marten.Services.Json.Transformations
{
    /// <summary>Reads events of an old stored name as another type.</summary>
    public interface IEventUpcaster
    {
        string EventTypeName { get; }
        Type EventType { get; }
        object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);

        /// <summary>The form the store calls.</summary>
        ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct);
    }

    /// <summary>Reads events of an old stored name as another type.</summary>
    public abstract class EventUpcaster : IEventUpcaster
    {
        public virtual string EventTypeName => EventMapping.DefaultName(EventType, EventNamingStyle.ClassicTypeName);
        public abstract Type EventType { get; }
        public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);

        public virtual ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct) =>
            new(FromDbDataReader(serializer, dbDataReader, index));
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

        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index) =>
            Upcast(StoredBody.As<TOldEvent>(serializer, dbDataReader, index));

        public override ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct) =>
            new(FromDbDataReader(serializer, dbDataReader, index));

        protected abstract TEvent Upcast(TOldEvent oldEvent);
    }

    /// <summary>Turns an old class of an event into its present one, asking somebody for what the old one lacks.</summary>
    public abstract class AsyncOnlyEventUpcaster<TOldEvent, TEvent> : EventUpcaster<TEvent> where TOldEvent : notnull where TEvent : notnull
    {
        public override string EventTypeName => EventMapping.DefaultName(typeof(TOldEvent), EventNamingStyle.ClassicTypeName);

        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index) => throw StoredBody.AsyncOnly(GetType());

        public override async ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct) =>
            await UpcastAsync(StoredBody.As<TOldEvent>(serializer, dbDataReader, index), ct);

        protected abstract Task<TEvent> UpcastAsync(TOldEvent oldEvent, CancellationToken ct);
    }

    /// <summary>How a stored body becomes an event.</summary>
    public class JsonTransformation(
        Func<ISerializer, DbDataReader, int, object> fromDbDataReader,
        Func<ISerializer, DbDataReader, int, CancellationToken, ValueTask<object>>? transformDbDataReaderAsync = null)
    {
        public Func<ISerializer, DbDataReader, int, object> FromDbDataReader { get; } = fromDbDataReader;

        /// <summary>The form the store calls.</summary>
        public Func<ISerializer, DbDataReader, int, CancellationToken, ValueTask<object>> FromDbDataReaderAsync { get; } =
            transformDbDataReaderAsync ?? ((serializer, row, index, _) => new ValueTask<object>(fromDbDataReader(serializer, row, index)));
    }

    /// <summary>Transformations from an old class of an event.</summary>
    public static class JsonTransformations
    {
        public static JsonTransformation Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> transform) where TOldEvent : notnull where TEvent : notnull =>
            new((serializer, row, index) => transform(StoredBody.As<TOldEvent>(serializer, row, index)));

        public static JsonTransformation Upcast<TOldEvent, TEvent>(Func<TOldEvent, CancellationToken, Task<TEvent>> transform)
            where TOldEvent : notnull where TEvent : notnull => new(
            (_, _, _) => throw StoredBody.AsyncOnly(typeof(TEvent)),
            async (serializer, row, index, ct) => await transform(StoredBody.As<TOldEvent>(serializer, row, index), ct));
    }

    /// <summary>The body of a stored event, as whoever transforms it wants it.</summary>
    internal static class StoredBody
    {
        public static T As<T>(ISerializer serializer, DbDataReader row, int index)
        {
            using var body = Of(row, index);
            return serializer.FromJson<T>(body);
        }

        public static JsonDocument Parsed(DbDataReader row, int index) => JsonDocument.Parse(Of(row, index));

        public static MartenException AsyncOnly(Type upcasting) => new($"{upcasting.FullName} is made of older events asynchronously only.");

        private static MemoryStream Of(DbDataReader row, int index) => new(row.GetFieldValue<byte[]>(index), writable: false);
    }
}

namespace Marten.Services.Json.Transformations.SystemTextJson
{
    /// <summary>Turns the JSON of an old event into its present class.</summary>
    public abstract class EventUpcaster<TEvent> : Transformations.EventUpcaster<TEvent> where TEvent : notnull
    {
        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index)
        {
            using var body = StoredBody.Parsed(dbDataReader, index);
            return Upcast(body);
        }

        protected abstract TEvent Upcast(JsonDocument oldEvent);
    }

    /// <summary>Turns the JSON of an old event into its present class, asking somebody for what it lacks.</summary>
    public abstract class AsyncOnlyEventUpcaster<TEvent> : Transformations.EventUpcaster<TEvent> where TEvent : notnull
    {
        public override object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index) => throw StoredBody.AsyncOnly(GetType());

        public override async ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct)
        {
            using var body = StoredBody.Parsed(dbDataReader, index);
            return await UpcastAsync(body, ct);
        }

        protected abstract Task<TEvent> UpcastAsync(JsonDocument oldEvent, CancellationToken ct);
    }

    /// <summary>Transformations from the JSON of an old event.</summary>
    public static class JsonTransformations
    {
        public static JsonTransformation Upcast<TEvent>(Func<JsonDocument, TEvent> transform) where TEvent : notnull => new((_, row, index) =>
        {
            using var body = StoredBody.Parsed(row, index);
            return transform(body);
        });

        public static JsonTransformation AsyncOnlyUpcast<TEvent>(Func<JsonDocument, CancellationToken, Task<TEvent>> transform) where TEvent : notnull => new(
            (_, _, _) => throw StoredBody.AsyncOnly(typeof(TEvent)),
            async (_, row, index, ct) =>
            {
                using var body = StoredBody.Parsed(row, index);
                return await transform(body, ct);
            });
    }
}
