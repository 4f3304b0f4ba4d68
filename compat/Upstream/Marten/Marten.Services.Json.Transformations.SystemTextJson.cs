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

public abstract class AsyncOnlyEventUpcaster<TEvent> : Marten.Services.Json.Transformations.EventUpcaster<TEvent> where TEvent : notnull
{
    public override extern object FromDbDataReader(ISerializer serializer, DbDataReader dbDataReader, int index);
    public override extern ValueTask<object> FromDbDataReaderAsync(ISerializer serializer, DbDataReader dbDataReader, int index, CancellationToken ct);
    protected abstract Task<TEvent> UpcastAsync(JsonDocument oldEvent, CancellationToken ct);
    protected extern AsyncOnlyEventUpcaster();
}

public static class JsonTransformations
{
    public static extern JsonTransformation Upcast<TEvent>(Func<JsonDocument, TEvent> transform) where TEvent : notnull;
    public static extern JsonTransformation AsyncOnlyUpcast<TEvent>(Func<JsonDocument, CancellationToken, Task<TEvent>> transform) where TEvent : notnull;
}
