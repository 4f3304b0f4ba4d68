using JasperFx.Events.Projections;
using Marten.Events;
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

    public IReadOnlyList<ShardName> AllAsyncProjectionShardNames() => [.. _store.StoreOptions.Projections.Shards.Select(s => s.Name)];

    public async Task ResetAllData(CancellationToken cancellation = default)
    {
        await Clean.DeleteAllDocumentsAsync(cancellation);
        await Clean.DeleteAllEventDataAsync(cancellation);
    }
}
