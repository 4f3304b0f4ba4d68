using JasperFx.Events;
using Marten.Events.Projections;
using Marten.Schema;
using Marten.Sessions;
using Npgsql;

namespace Marten.Events;

/// <summary>What was found of a stream: its version (null when there is none) and its aggregate.</summary>
internal readonly record struct Fetched<T>(long? Version, T? Aggregate);

/// <summary>How one aggregate type is read for writing: with an inline snapshot, one statement.</summary>
internal sealed class FetchPlan<T> where T : class
{
    private readonly Aggregator? _aggregator;
    private readonly bool _inline;
    private readonly string _state;
    private readonly string _tail;

    public FetchPlan(DocumentStore store)
    {
        var projections = store.StoreOptions.Projections;
        _aggregator = projections.Aggregators.Find(typeof(T)) ?? projections.Aggregators.For<T>();
        _inline = projections.InlineFor(typeof(T)) is not null;
        var streams = $"{store.Events.DatabaseSchemaName}.mt_streams";
        if (projections.HasSnapshot(typeof(T)))
        {
            var documents = store.StoreOptions.MappingFor(typeof(T)).QualifiedTable;
            _state = $"select s.version, d.data, d.mt_version from {streams} s left join {documents} d on d.id = s.id where s.id = $1";
            _tail = store.EventSql.FetchStream.Replace("$2", $"coalesce((select d.mt_version from {documents} d where d.id = $1), 0)", StringComparison.Ordinal);
        }
        else
        {
            _state = $"select s.version, null::jsonb, null::bigint from {streams} s where s.id = $1";
            _tail = store.EventSql.FetchStream.Replace("$2", "0", StringComparison.Ordinal);
        }
    }

    public async Task<Fetched<T>> Fetch(DocumentSession session, Guid id, bool locking, CancellationToken ct)
    {
        var state = locking ? _state + " for update of s" : _state;
        if (!_inline) return await FetchWithTail(session, state, id, ct);

        var found = await session.Read(state, (row, token) => State(session, row, token), ct, Db.Uuid(id));
        if (found.Version is null or 0 || found.SnapshotVersion == found.Version) return new(found.Version, found.Aggregate);

        // The snapshot was registered after the stream began: what it lacks is folded in, and the next save writes it whole.
        var missing = await session.Read(session.Owner.EventSql.FetchStream, async (rows, token) =>
            await session.Owner.EventReader.ReadAll(rows, token), ct, Db.Uuid(id), Db.Bigint(found.SnapshotVersion));
        return await Folded(session, id, found, missing, ct);
    }

    private async Task<Fetched<T>> FetchWithTail(DocumentSession session, string state, Guid id, CancellationToken ct)
    {
        var first = new NpgsqlBatchCommand(state);
        first.Parameters.Add(Db.Uuid(id));
        var second = new NpgsqlBatchCommand(_tail);
        second.Parameters.Add(Db.Uuid(id));
        var (found, events) = await session.ReadBatch<(Snapshot, List<IEvent>)>([first, second], async (rows, token) =>
        {
            var snapshot = await State(session, rows, token);
            await rows.NextResultAsync(token);
            return (snapshot, await session.Owner.EventReader.ReadAll(rows, token));
        }, ct);
        return await Folded(session, id, found, events, ct);
    }

    private async ValueTask<Fetched<T>> Folded(DocumentSession session, Guid id, Snapshot found, List<IEvent> events, CancellationToken ct)
    {
        // An append may have committed between the two statements; it belongs to a later version.
        events.RemoveAll(e => e.Version > (found.Version ?? 0));
        if (events.Count == 0) return new(found.Version, found.Aggregate);
        return new(found.Version, (T?)await _aggregator!.Fold(found.Aggregate, id, events, session, ct));
    }

    private static async ValueTask<Snapshot> State(DocumentSession session, NpgsqlDataReader row, CancellationToken ct) =>
        !await row.ReadAsync(ct) ? default : new Snapshot(
            row.IsDBNull(0) ? 0 : row.GetInt64(0),
            row.IsDBNull(1) ? null : session.Json.FromUtf8<T>(row.GetFieldValue<byte[]>(1)),
            row.IsDBNull(2) ? 0 : row.GetInt64(2));

    private readonly record struct Snapshot(long? Version, T? Aggregate, long SnapshotVersion);
}
