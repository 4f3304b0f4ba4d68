// Signatures of Marten 9.29.0: facts, without a body.
using System.Data.Common;

namespace Marten.Services.Json.Transformations;

public abstract class AsyncOnlyEventUpcaster<TOldEvent, TEvent> : Marten.Services.Json.Transformations.EventUpcaster<TEvent> where TOldEvent : notnull where TEvent : notnull
{
    public override extern object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    public override extern ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct);
    protected abstract Task<TEvent> UpcastAsync(TOldEvent oldEvent, CancellationToken ct);
    protected extern AsyncOnlyEventUpcaster();
    public override extern string EventTypeName { get; }
}

public abstract class EventUpcaster : IEventUpcaster
{
    public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    public virtual extern ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct);
    protected extern EventUpcaster();
    public virtual extern string EventTypeName { get; }
    public abstract Type EventType { get; }
}

public abstract class EventUpcaster<TEvent> : EventUpcaster
{
    protected extern EventUpcaster();
    public override extern Type EventType { get; }
}

public abstract class EventUpcaster<TOldEvent, TEvent> : Marten.Services.Json.Transformations.EventUpcaster<TEvent> where TOldEvent : notnull where TEvent : notnull
{
    public override extern object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    public override extern ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct);
    protected abstract TEvent Upcast(TOldEvent oldEvent);
    protected extern EventUpcaster();
    public override extern string EventTypeName { get; }
}

public interface IEventUpcaster
{
    object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct);
    string EventTypeName { get; }
    Type EventType { get; }
}

public class JsonTransformation
{
    public extern JsonTransformation(Func<ISerializer, DbDataReader, int, object> fromDbDataReader, Func<ISerializer, DbDataReader, int, CancellationToken, ValueTask<object>>? transformDbDataReaderAsync = null);
    public extern Func<ISerializer, DbDataReader, int, object> FromDbDataReader { get; }
    public extern Func<ISerializer, DbDataReader, int, CancellationToken, ValueTask<object>> FromDbDataReaderAsync { get; }
}

public static class JsonTransformations
{
    public static extern JsonTransformation Upcast<TOldEvent, TEvent>(Func<TOldEvent, TEvent> transform) where TOldEvent : notnull where TEvent : notnull;
    public static extern JsonTransformation Upcast<TOldEvent, TEvent>(Func<TOldEvent, CancellationToken, Task<TEvent>> transform) where TOldEvent : notnull where TEvent : notnull;
}
