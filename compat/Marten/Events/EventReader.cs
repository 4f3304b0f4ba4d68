using System.Text.Json;
using JasperFx.Events;
using Marten.Exceptions;
using Marten.Services;
using Npgsql;

namespace Marten.Events;

/// <summary>Turns a row of <c>mt_events</c> into an envelope with its fact.</summary>
internal sealed class EventReader(EventGraph events, SystemTextJsonSerializer json)
{
    private readonly MetadataConfig _metadata = events.MetadataConfig;

    /// <param name="row">A row of <see cref="EventSql.Columns"/>.</param>
    /// <param name="failed">Asked about a row that cannot be read; true passes over it.</param>
    public IEvent? Read(NpgsqlDataReader row, Func<long, Exception, bool>? failed = null)
    {
        try
        {
            return Read(row);
        }
        catch (MartenException error) when (failed is not null && failed(row.GetInt64(0), error))
        {
            return null;
        }
    }

    public async Task<List<IEvent>> ReadAll(NpgsqlDataReader rows, CancellationToken ct)
    {
        var all = new List<IEvent>();
        while (await rows.ReadAsync(ct)) all.Add(Read(rows));
        return all;
    }

    private IEvent Read(NpgsqlDataReader row)
    {
        var (sequence, name) = (row.GetInt64(0), row.GetString(5));
        var mapping = events.Find(name) ?? events.Find(name, row.IsDBNull(7) ? null : row.GetString(7)) ?? throw new UnknownEventTypeException(name, sequence);
        object data;
        try
        {
            data = mapping.Upcaster is { } upcaster ? upcaster.FromDbDataReader(json, row, 4) : json.FromUtf8(row.GetFieldValue<byte[]>(4), mapping.Type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // A JsonException may quote the body, so only its place is passed on.
            throw new EventDeserializationFailureException(sequence, new JsonException($"{e.GetType().Name} at {(e as JsonException)?.Path}"));
        }

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
