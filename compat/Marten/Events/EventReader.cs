using System.Text.Json;
using JasperFx.Events;
using Marten.Exceptions;
using Marten.Services;
using Marten.Services.Json.Transformations;
using Npgsql;

namespace Marten.Events;

/// <summary>Turns a row of <c>mt_events</c> into an envelope with its fact.</summary>
internal sealed class EventReader(EventGraph events, SystemTextJsonSerializer json)
{
    private readonly MetadataConfig _metadata = events.MetadataConfig;

    public async Task<List<IEvent>> ReadAll(NpgsqlDataReader rows, CancellationToken ct)
    {
        var all = new List<IEvent>();
        while (await rows.ReadAsync(ct)) all.Add(await Read(rows, ct));
        return all;
    }

    /// <summary>The event of a row of <see cref="EventSql.Columns"/>.</summary>
    public ValueTask<IEvent> Read(NpgsqlDataReader row, CancellationToken ct)
    {
        var (sequence, name) = (row.GetInt64(0), row.GetString(5));
        var mapping = events.Find(name) ?? events.Find(name, row.IsDBNull(7) ? null : row.GetString(7)) ?? throw new UnknownEventTypeException(name, sequence);
        if (mapping.Transformation is { } transformation) return Transformed(row, sequence, mapping, transformation, ct);
        try
        {
            return new(Wrap(row, sequence, mapping, json.FromUtf8(row.GetFieldValue<byte[]>(4), mapping.Type)));
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Unreadable(sequence, e);
        }
    }

    private async ValueTask<IEvent> Transformed(NpgsqlDataReader row, long sequence, EventMapping mapping, JsonTransformation transformation, CancellationToken ct)
    {
        try
        {
            return Wrap(row, sequence, mapping, await transformation.FromDbDataReaderAsync(json, row, 4, ct));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Unreadable(sequence, e);
        }
    }

    // What was thrown may quote the body, so only its kind and place are passed on.
    private static EventDeserializationFailureException Unreadable(long sequence, Exception e) =>
        new(sequence, new JsonException($"{e.GetType().Name} at {(e as JsonException)?.Path ?? e.TargetSite?.Name}"));

    private IEvent Wrap(NpgsqlDataReader row, long sequence, EventMapping mapping, object data)
    {
        var @event = mapping.ToEvent(data);
        @event.Sequence = sequence;
        @event.Id = row.GetGuid(1);
        @event.StreamId = row.GetGuid(2);
        @event.Version = row.GetInt64(3);
        @event.Timestamp = row.GetFieldValue<DateTimeOffset>(6);
        @event.IsArchived = !row.IsDBNull(8) && row.GetBoolean(8);
        var column = 9;
        if (_metadata.CorrelationIdEnabled) @event.CorrelationId = Text(row, column++);
        if (_metadata.CausationIdEnabled) @event.CausationId = Text(row, column++);
        if (_metadata.HeadersEnabled && Text(row, column++) is { } headers) @event.Headers = Headers(headers);
        if (_metadata.UserNameEnabled) @event.UserName = Text(row, column);
        return @event;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Header values as plain text, numbers and flags; JSON <c>null</c> (the quick append's way to say none) gives none.</summary>
    private static Dictionary<string, object>? Headers(string text)
    {
        using var parsed = JsonDocument.Parse(text);
        if (parsed.RootElement.ValueKind != JsonValueKind.Object) return null;
        var headers = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var member in parsed.RootElement.EnumerateObject())
            headers[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => member.Value.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number => member.Value.TryGetInt64(out var whole) ? whole : member.Value.GetDouble(),
                _ => member.Value.Clone(),
            };
        return headers;
    }
}
