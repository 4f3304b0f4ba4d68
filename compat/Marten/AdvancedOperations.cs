using JasperFx.Events;
using JasperFx.Events.Projections;
using JasperFx.Events.Protected;
using Marten.Events;
using Marten.Events.Daemon;
using Marten.Schema;
using Marten.Sessions;

namespace Marten;

/// <summary>What operators and tests do with a store.</summary>
public class AdvancedOperations
{
    private readonly DocumentStore _store;

    internal AdvancedOperations(DocumentStore store) => (_store, Clean) = (store, new DocumentCleaner(store));

    public IDocumentCleaner Clean { get; }

    public async Task<EventStoreStatistics> FetchEventStoreStatistics(string? tenantId = null, CancellationToken token = default)
    {
        var schema = _store.Events.DatabaseSchemaName;
        await using var session = _store.Session();
        return await session.Read(
            $"select (select count(*) from {schema}.mt_events), (select count(*) from {schema}.mt_streams), "
            + $"(select case when is_called then last_value else 0 end from {schema}.mt_events_sequence)",
            async (row, ct) =>
            {
                await row.ReadAsync(ct);
                return new EventStoreStatistics { EventCount = row.GetInt64(0), StreamCount = row.GetInt64(1), EventSequenceNumber = row.GetInt64(2) };
            }, token);
    }

    public async Task<IReadOnlyList<ShardState>> AllProjectionProgress(string? tenantId = null, CancellationToken token = default)
    {
        await using var session = _store.Session();
        return await session.Read(_store.EventSql.AllProgress, async (rows, ct) =>
        {
            var all = new List<ShardState>();
            while (await rows.ReadAsync(ct)) all.Add(new ShardState(rows.GetString(0), rows.GetInt64(1)));
            return all;
        }, token);
    }

    public async Task<long> ProjectionProgressFor(ShardName name, string? tenantId = null, CancellationToken token = default)
    {
        await using var session = _store.Session();
        return await session.Read(_store.EventSql.Progress, async (row, ct) => await row.ReadAsync(ct) ? row.GetInt64(0) : 0, token, Db.Text(name.Identity));
    }

    public IReadOnlyList<ShardName> AllAsyncProjectionShardNames() => [.. _store.StoreOptions.Projections.Shards.OfType<ProjectionShard>().Select(s => s.Name)];

    /// <summary>Masks stored events by the rules of the options; nothing else keeps a copy but backups and what was sent.</summary>
    public Task ApplyEventDataMasking(Action<IEventDataMasking> configure, CancellationToken token = default)
    {
        var masking = new Masking(_store);
        configure(masking);
        return masking.Run(token);
    }

    /// <summary>Folds one stream's snapshot anew from all its events.</summary>
    public async Task RebuildSingleStreamAsync<T>(Guid id, CancellationToken token = default) where T : class
    {
        var projections = _store.StoreOptions.Projections;
        if (!projections.HasSnapshot(typeof(T))) throw new InvalidProjectionException($"{typeof(T).Name} is not kept as a snapshot.");
        await RebuildSnapshot(typeof(T), id, token);
    }

    /// <summary>Folds anew whatever is kept of one stream.</summary>
    internal async Task RebuildSnapshots(Guid stream, CancellationToken ct)
    {
        foreach (var type in _store.StoreOptions.Projections.SnapshotTypes)
        {
            await using var session = _store.Session();
            var mapping = await _store.Schema.MappedAsync(_store.StoreOptions.MappingFor(type), ct);
            if (await session.Read(mapping.Sql.Exists, async (row, token) => await row.ReadAsync(token) && row.GetBoolean(0), ct, Db.Any(stream, mapping.IdDbType)))
                await RebuildSnapshot(type, stream, ct);
        }
    }

    // The stream's row is held, so no append folds what is being replaced.
    private async Task RebuildSnapshot(Type type, Guid id, CancellationToken ct)
    {
        await using var session = _store.Session();
        await session.BeginTransactionAsync(ct);
        await session.Read(_store.EventSql.LockStream, async (row, token) => await row.ReadAsync(token), ct, Db.Uuid(id));
        var events = await session.Read($"select {_store.EventSql.Columns} from {_store.Events.DatabaseSchemaName}.mt_events e where e.stream_id = $1 order by e.version",
            (rows, token) => new ValueTask<List<IEvent>>(_store.EventReader.ReadAll(rows, token)), ct, Db.Uuid(id));
        var mapping = _store.StoreOptions.MappingFor(type);
        var document = await _store.StoreOptions.Projections.Aggregators.Find(type)!.Fold(null, id, events, session, ct);
        session.Queue(document is null
            ? new DocumentOperation(DocumentChange.Delete, mapping, id, null)
            : new DocumentOperation(DocumentChange.Project, mapping, id, document, events[^1].Version));
        await session.SaveChangesAsync(ct);
    }

    public async Task ResetAllData(CancellationToken cancellation = default)
    {
        await Clean.DeleteAllDocumentsAsync(cancellation);
        await Clean.DeleteAllEventDataAsync(cancellation);
    }
}
