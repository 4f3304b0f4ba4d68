// Signatures of Marten 9.29.0: facts, without a body.
using System.Data.Common;

namespace Marten.Services.Json.Transformations;

public abstract class EventUpcaster : IEventUpcaster
{
    public abstract object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
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
    protected abstract TEvent Upcast(TOldEvent oldEvent);
    protected extern EventUpcaster();
    public override extern string EventTypeName { get; }
}

public interface IEventUpcaster
{
    object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    string EventTypeName { get; }
    Type EventType { get; }
}
