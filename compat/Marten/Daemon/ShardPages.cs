using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Exceptions;
using Marten.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Events.Daemon;

/// <summary>Reads a shard's pages and keeps its progress.</summary>
internal sealed class ShardPages(DocumentStore store, ShardSource source)
{
    /// <summary>The next page: at most one batch of the events this shard sees, and how far that covers.</summary>
    public async Task<EventRange> Load(long floor, long ceiling, ErrorHandlingOptions errors, CancellationToken ct)
    {
        await using var session = store.Session();
        var batch = source.Options.BatchSize;
        var (read, last) = (0, floor);
        try
        {
            var events = await session.Read(store.EventSql.Page, async (rows, token) =>
            {
                var page = new List<JasperFx.Events.IEvent>(batch);
                while (await rows.ReadAsync(token))
                {
                    (read, last) = (read + 1, rows.GetInt64(0));
                    if (store.EventReader.Read(rows, (_, e) => MayPass(e, errors)) is { } @event) page.Add(@event);
                }

                return page;
            }, ct, Db.Bigint(floor), Db.Bigint(ceiling), TypeNames(), StreamType(), Flag(source.Filter.IncludeArchivedEvents), Db.Int(batch));
            return new EventRange(source.Name, floor, read == batch ? last : ceiling) { Events = events };
        }
        catch (MartenException e)
        {
            throw new EventLoaderException(source.Name, e);
        }
    }

    /// <summary>Where the shard goes on; a new one begins where its options say.</summary>
    public async Task<long> Locate(long mark, CancellationToken ct)
    {
        if (await Stored(ct) is { } position) return position;
        await using var session = store.Session();
        session.Queue(new Statement(store.EventSql.Begin, Db.Text(source.Name.Identity), Db.Bigint(await FirstPosition(mark, ct))));
        await session.SaveChangesAsync(ct);
        return await Stored(ct) ?? 0;
    }

    /// <summary>Moves the progress, unless another node has moved it since.</summary>
    public Statement Progress(long floor, long ceiling) =>
        new(store.EventSql.Advance, Db.Text(source.Name.Identity), Db.Bigint(floor), Db.Bigint(ceiling))
        {
            OnError = e => e.SqlState == DocumentOperation.NothingChanged ? new ProgressionProgressOutOfOrderException(source.Name) : null,
        };

    private async Task<long?> Stored(CancellationToken ct)
    {
        await using var session = store.Session();
        return await session.Read<long?>(store.EventSql.Progress, async (row, token) =>
            await row.ReadAsync(token) ? row.GetInt64(0) : null, ct, Db.Text(source.Name.Identity));
    }

    private async Task<long> FirstPosition(long mark, CancellationToken ct)
    {
        var start = source.Options.Start;
        if (start.Present) return mark;
        if (start.Time is not { } time) return start.Sequence;
        await using var session = store.Session();
        return await session.Read($"select coalesce(max(seq_id), 0) from {store.Events.DatabaseSchemaName}.mt_events where timestamp < $1",
            async (row, token) => await row.ReadAsync(token) ? row.GetInt64(0) : 0, ct, Db.Time(time));
    }

    // Asked for every page: an event type may be registered after the shard started.
    private NpgsqlParameter TypeNames() => source.Filter.IncludedTypes.Count == 0
        ? Missing(NpgsqlDbType.Array | NpgsqlDbType.Varchar)
        : Db.Array(store.Events.NamesOf(source.Filter.IncludedTypes), NpgsqlDbType.Varchar);

    private NpgsqlParameter StreamType() =>
        source.Filter.StreamType is { } type ? Db.Text(EventGraph.AliasFor(type)) : Missing(NpgsqlDbType.Varchar);

    private static NpgsqlParameter<bool> Flag(bool value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };

    private static NpgsqlParameter Missing(NpgsqlDbType type) => new() { Value = DBNull.Value, NpgsqlDbType = type };

    private static bool MayPass(Exception error, ErrorHandlingOptions errors) => error switch
    {
        UnknownEventTypeException => errors.SkipUnknownEvents,
        EventDeserializationFailureException => errors.SkipSerializationErrors,
        _ => false,
    };
}
