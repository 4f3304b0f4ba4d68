using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Exceptions;
using Marten.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Events.Daemon;

/// <summary>Reads a shard's pages and keeps its progress.</summary>
/// <param name="store">The store.</param>
/// <param name="source">Whose pages.</param>
/// <param name="withArchived">A rebuild also replays streams that were archived since.</param>
/// <param name="epoch">The leader's token: once another node has a higher one, no progress is kept.</param>
internal sealed class ShardPages(DocumentStore store, ShardSource source, bool withArchived = false, long? epoch = null)
{
    private readonly string _page = store.EventSql.Page(
        source.Filter.IncludedTypes.Count > 0, source.Filter.StreamType is not null, withArchived || source.Filter.IncludeArchivedEvents);

    /// <summary>The next page: at most one batch of the events this shard sees, and how far that covers.</summary>
    public async Task<EventRange> Load(long floor, long ceiling, ErrorHandlingOptions errors, CancellationToken ct)
    {
        await using var session = store.Session();
        var batch = source.PageSize(ceiling - floor);
        var (read, last, unreadable) = (0, floor, false);
        try
        {
            var events = await session.Read(_page, async (rows, token) =>
            {
                var page = new List<JasperFx.Events.IEvent>(batch);
                while (await rows.ReadAsync(token))
                {
                    try
                    {
                        page.Add(await store.EventReader.Read(rows, token));
                    }
                    catch (MartenException e) when (MayPass(e, errors))
                    {
                        // Passed over, as the options say.
                    }
                    catch (MartenException) when (rows.GetInt64(0) - 1 > floor)
                    {
                        // The page ends right before what cannot be read, which the next one then begins with.
                        (last, unreadable) = (rows.GetInt64(0) - 1, true);
                        break;
                    }

                    (read, last) = (read + 1, rows.GetInt64(0));
                }

                return page;
            }, ct, Parameters(floor, ceiling, batch));
            return new EventRange(source.Name, floor, unreadable || read == batch ? last : ceiling) { Events = events, IsFull = read == batch };
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
        if (source.Options.Start is { Present: false, Time: null, Sequence: 0 }) return 0;
        await using var session = store.Session();
        session.Queue(new Statement(store.EventSql.Begin, Db.Text(source.Name.Identity), Db.Bigint(await FirstPosition(mark, ct))));
        await session.SaveChangesAsync(ct);
        return await Stored(ct) ?? 0;
    }

    /// <summary>Moves the progress, unless another node has moved it since.</summary>
    public Statement Progress(long floor, long ceiling) =>
        new(epoch is null ? store.EventSql.Advance : store.EventSql.AdvanceFenced, Moved(floor, ceiling))
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

    private NpgsqlParameter[] Moved(long floor, long ceiling)
    {
        NpgsqlParameter[] moved = [Db.Text(source.Name.Identity), Db.Bigint(floor), Db.Bigint(ceiling)];
        return epoch is { } token ? [.. moved, Db.Bigint(token)] : moved;
    }

    // Asked for every page: an event type may be registered after the shard started.
    private NpgsqlParameter[] Parameters(long floor, long ceiling, int batch)
    {
        List<NpgsqlParameter> parameters = [Db.Bigint(floor), Db.Bigint(ceiling), Db.Int(batch)];
        if (source.Filter.IncludedTypes.Count > 0) parameters.Add(Db.Array(store.Events.NamesOf(source.Filter.IncludedTypes), NpgsqlDbType.Varchar));
        if (source.Filter.StreamType is { } type) parameters.Add(Db.Text(EventGraph.AliasFor(type)));
        return [.. parameters];
    }

    // Had the query to leave tombstones out, every page would take a fifth longer.
    private static bool MayPass(Exception error, ErrorHandlingOptions errors) => error switch
    {
        UnknownEventTypeException unknown => errors.SkipUnknownEvents || unknown.EventTypeName == EventSql.Tombstone,
        EventDeserializationFailureException => errors.SkipSerializationErrors,
        _ => false,
    };
}
