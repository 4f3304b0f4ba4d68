using System.Diagnostics;
using System.Runtime.CompilerServices;
using JasperFx.Events;
using Marten.Exceptions;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace Expo.Messaging.Feeds;

/// <summary>Translates a private event to the message the platform may know, or to nothing.</summary>
internal delegate object? Translate(object @event);

/// <summary>The name under which a service tells its messages.</summary>
internal sealed record EventSource(string Name);

/// <summary>What a service has told, for the next message to name its predecessor: the last position of each type. Committed with the relay's progress.</summary>
public sealed record FeedState(string Id, SortedDictionary<string, long> Last);

/// <summary>One message with the identity of its event.</summary>
internal sealed record Told(string Source, object Event, object Message, Guid Id, long Position, Guid Stream, long Version, string? Edition)
{
    /// <summary>The message's type, as everybody names it.</summary>
    public string Type { get; } = TypeName.Of(Message.GetType());

    /// <summary>A position after which none of its type came before it.</summary>
    public long? Previous { get; init; }

    /// <summary>The persons that it hands over, sealed.</summary>
    public string? Cards { get; init; }

    /// <summary>The request that made the event, as traces know it.</summary>
    public ActivityContext Origin { get; init; }

    public void Stamp(SendContext context)
    {
        context.MessageId = Id;
        context.Headers.Set(MessageHeaders.Source, Source);
        context.Headers.Set(MessageHeaders.Position, Position);
        context.Headers.Set(MessageHeaders.Stream, Stream.ToString());
        context.Headers.Set(MessageHeaders.Version, Version);
        context.Headers.Set(MessageHeaders.Type, Type);
        if (Previous is { } previous)
            context.Headers.Set(MessageHeaders.Previous, previous);
        if (!string.IsNullOrEmpty(Edition))
            context.Headers.Set(MessageHeaders.Edition, Edition);
        if (Cards is null)
            return;
        context.Headers.Set(MessageHeaders.Cards, Cards);
        context.SetRoutingKey(Topology.Sealed);
    }
}

/// <summary>A service's event store as the platform sees it: messages, live or from the past.</summary>
internal sealed class Feed(IEnumerable<Translate> translations, IEnumerable<StoredEvent> events, EventSource source, NpgsqlDataSource database)
{
    private const int Page = 500;
    private const string Sql = """
        select seq_id, id, stream_id, version, type, data, headers ->> 'edition' from mt_events
        where seq_id > $1 and seq_id <= $2 and ($3 is null or seq_id = any($3))
        and not exists (select from mt_doc_deadletterevent d where d.data ->> 'ProjectionName' = 'Relay' and (d.data ->> 'EventSequence')::bigint = seq_id)
        order by seq_id limit 500
        """;

    private readonly Translate[] translations = [.. translations];
    private readonly Dictionary<string, Type> types = events.ToDictionary(e => e.Name, e => e.Type);

    /// <summary>The message that an event is told as, if it is.</summary>
    public Told? Tell(IEvent e) =>
        Tell(e.Data, e.Id, e.Sequence, e.StreamId, e.Version, e.GetHeader("edition")?.ToString()) is { } told ? told with { Origin = OriginOf(e) } : null;

    /// <summary>What was told between two positions (the first excluded), or at some of them, oldest first; not what the relay had to pass over.</summary>
    public async IAsyncEnumerable<Told> History(
        IQuerySession session, long after, long upTo, IReadOnlyCollection<long>? positions, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var read = Page; read == Page;)
        {
            read = 0;
            var page = new List<(Guid Id, Told? Told)>(Page);
            await using (var command = database.CreateCommand(Sql))
            {
                command.Parameters.Add(new() { Value = after });
                command.Parameters.Add(new() { Value = upTo });
                command.Parameters.Add(new() { Value = positions is null ? DBNull.Value : positions.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
                await using var rows = await command.ExecuteReaderAsync(ct);
                while (await rows.ReadAsync(ct))
                {
                    (read, after) = (read + 1, rows.GetInt64(0));
                    if (!types.TryGetValue(rows.GetString(4), out var type))
                        page.Add((rows.GetGuid(1), null));
                    else if (Tell(JsonSerializer.Deserialize(rows.GetString(5), type, EventStore.Json)!, rows.GetGuid(1), after, rows.GetGuid(2), rows.GetInt64(3), rows.IsDBNull(6) ? null : rows.GetString(6)) is { } told)
                        page.Add((told.Id, told));
                }
            }

            foreach (var (id, told) in page)
            {
                if ((told ?? await Upcast(session, id, ct)) is { } message)
                    yield return message;
            }
        }
    }

    /// <summary>What the state would be had it always been kept, for a store that is older than it.</summary>
    public async Task<FeedState> Recall(IQuerySession session, long upTo, CancellationToken ct)
    {
        var last = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await foreach (var told in History(session, 0, upTo, null, ct))
            last[told.Type] = told.Position;
        return new FeedState(source.Name, last);
    }

    /// <summary>Another one after a restore: of the whole server to an earlier point (timeline), into another server, or into another database.</summary>
    public async Task<string> Epoch(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select system_identifier || '-' || timeline_id || '-' || oid from pg_control_system(), pg_control_checkpoint(), pg_database
            where datname = current_database()
            """);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private static ActivityContext OriginOf(IEvent e) =>
        ActivityContext.TryParse($"00-{e.CorrelationId}-{e.GetHeader("span")}-01", null, isRemote: true, out var origin) ? origin : default;

    /// <summary>An event of an old name: only the store knows as what it is read today.</summary>
    private async Task<Told?> Upcast(IQuerySession session, Guid id, CancellationToken ct)
    {
        try
        {
            return await session.Events.LoadAsync(id, ct) is { } e ? Tell(e) : null;
        }
        catch (UnknownEventTypeException)
        {
            return null; // not read any more, so not told either
        }
    }

    private Told? Tell(object data, Guid id, long position, Guid stream, long version, string? edition)
    {
        foreach (var translate in translations)
        {
            if (translate(data) is { } message)
                return new Told(source.Name, data, message, id, position, stream, version, edition);
        }

        return null;
    }
}
