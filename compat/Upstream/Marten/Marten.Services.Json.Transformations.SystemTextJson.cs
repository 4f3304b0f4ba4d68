// Signatures of Marten 9.29.0: facts, without a body.
using System.Data.Common;
using System.Text.Json;

namespace Marten.Services.Json.Transformations.SystemTextJson;

public abstract class EventUpcaster<TEvent> : Marten.Services.Json.Transformations.EventUpcaster<TEvent> where TEvent : notnull
{
    public override extern object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    protected abstract TEvent Upcast(JsonDocument oldEvent);
    protected extern EventUpcaster();
}
