using JasperFx.Events;
using Marten.Events.Projections;
using Marten.Schema;
using Marten.Sessions;
using Npgsql;

namespace Marten.Events;

/// <summary>What was found of a stream: its version (null when there is none), its aggregate and when the snapshot of that was written.</summary>
internal readonly record struct Fetched<T>(long? Version, T? Aggregate, DateTimeOffset? Written);

/// <summary>
/// How one aggregate type is read for writing: in one statement, so that version, snapshot and events belong together. With an inline
/// snapshot it needs no events; else those that the snapshot has not seen yet come with it.
/// </summary>
internal sealed class FetchPlan<T> where T : class
{
    private readonly Aggregator? _aggregator;
    private readonly bool _inline;
    private readonly string _state;

    public FetchPlan(DocumentStore store)
    {
        var projections = store.StoreOptions.Projections;
        _aggregator = projections.Aggregators.Find(typeof(T)) ?? projections.Aggregators.For<T>();
        _inline = projections.InlineFor(typeof(T)) is not null;
        var schema = store.Events.DatabaseSchemaName;
        var kept = projections.HasSnapshot(typeof(T)) ? store.StoreOptions.MappingFor(typeof(T)).QualifiedTable
            : "(select null::uuid as id, null::jsonb as data, 0::bigint as mt_version, null::timestamptz as mt_last_modified)";
        var streams = $"from {schema}.mt_streams s left join {kept} d on d.id = s.id";
        _state = _inline ? $"select s.version, d.data, d.mt_version, d.mt_last_modified {streams} where s.id = $1"
            : $"select {store.EventSql.Columns}, s.version, case when e.version is null or e.version = coalesce(d.mt_version, 0) + 1 then d.data end, d.mt_version, d.mt_last_modified "
                + $"{streams} left join {schema}.mt_events e on e.stream_id = s.id and e.version > coalesce(d.mt_version, 0) and e.is_archived is not true "
                + "where s.id = $1 order by e.version";
    }

    public async Task<Fetched<T>> Fetch(DocumentSession session, Guid id, bool locking, CancellationToken ct)
    {
        var (found, missing) = await (locking ? ReadLocked(session, id, ct) : session.Read(_state, (rows, token) => Read(session, rows, token), ct, Db.Uuid(id)));
        if (_inline && found.Version > 0 && found.SnapshotVersion != found.Version)
        {
            // The snapshot was registered after the stream began: what it lacks is folded in, and the next save writes it whole.
            missing = await session.Read(session.Owner.EventSql.FetchStream, async (rows, token) =>
                await session.Owner.EventReader.ReadAll(rows, token), ct, Db.Uuid(id), Db.Bigint(found.SnapshotVersion));
            missing.RemoveAll(e => e.Version > found.Version); // appended since
        }

        var aggregate = missing is { Count: > 0 } ? (T?)await _aggregator!.Fold(found.Aggregate, id, missing, session, ct) : found.Aggregate;
        return new(found.Version, aggregate, found.Written);
    }

    // Only a statement that begins when the lock is held sees what its last holder wrote.
    private Task<(Snapshot, List<IEvent>?)> ReadLocked(DocumentSession session, Guid id, CancellationToken ct) =>
        session.ReadBatch([Statement(session.Owner.EventSql.LockStream, id), Statement(_state, id)], async (rows, token) =>
        {
            await rows.NextResultAsync(token);
            return await Read(session, rows, token);
        }, ct);

    private async ValueTask<(Snapshot, List<IEvent>?)> Read(DocumentSession session, NpgsqlDataReader rows, CancellationToken ct)
    {
        if (!await rows.ReadAsync(ct)) return default;
        var column = rows.FieldCount - 4;
        var found = new Snapshot(
            rows.IsDBNull(column) ? 0 : rows.GetInt64(column),
            rows.IsDBNull(column + 1) ? null : session.Json.FromUtf8<T>(rows.GetFieldValue<byte[]>(column + 1)),
            rows.IsDBNull(column + 2) ? 0 : rows.GetInt64(column + 2),
            rows.IsDBNull(column + 3) ? null : rows.GetFieldValue<DateTimeOffset>(column + 3));
        if (_inline || rows.IsDBNull(0)) return (found, null);

        var events = new List<IEvent>();
        do events.Add(await session.Owner.EventReader.Read(rows, ct));
        while (await rows.ReadAsync(ct));
        return (found, events);
    }

    private static NpgsqlBatchCommand Statement(string sql, Guid id)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(Db.Uuid(id));
        return command;
    }

    private readonly record struct Snapshot(long? Version, T? Aggregate, long SnapshotVersion, DateTimeOffset? Written);
}
