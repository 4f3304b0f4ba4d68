using Marten.Sessions;
using Npgsql;

namespace Marten.Schema;

/// <summary>Empties tables.</summary>
internal sealed class DocumentCleaner(DocumentStore store) : IDocumentCleaner
{
    public Task DeleteAllDocumentsAsync(CancellationToken ct = default) =>
        Run(string.Join("; ", store.StoreOptions.Mappings.Select(m => $"truncate table {m.QualifiedTable}")), ct);

    public Task DeleteDocumentsByTypeAsync(Type documentType, CancellationToken ct = default) =>
        Run($"truncate table {store.StoreOptions.MappingFor(documentType).QualifiedTable}", ct);

    public Task DeleteAllEventDataAsync(CancellationToken ct = default)
    {
        var schema = store.Events.DatabaseSchemaName;
        var skips = store.Events.EnableAdvancedAsyncTracking ? $", {schema}.mt_high_water_skips" : "";
        return Run($"truncate table {schema}.mt_events, {schema}.mt_streams, {schema}.mt_event_progression{skips}; "
            + $"alter sequence {schema}.mt_events_sequence restart with 1", ct);
    }

    public async Task DeleteSingleEventStreamAsync(Guid streamId, string? tenantId = null, CancellationToken ct = default)
    {
        var schema = store.Events.DatabaseSchemaName;
        await using var session = store.Session();
        session.QueueSqlCommand($"delete from {schema}.mt_events where stream_id = ?", streamId);
        session.QueueSqlCommand($"delete from {schema}.mt_streams where id = ?", streamId);
        await session.SaveChangesAsync(ct);
    }

    public async Task CompletelyRemoveAllAsync(CancellationToken ct = default)
    {
        var schema = store.Events.DatabaseSchemaName;
        var tables = store.StoreOptions.Mappings.Select(m => m.QualifiedTable)
            .Concat(EventTables.For(store.Events).Select(t => $"{t.Schema}.{t.Name}"));
        await Run(string.Join("; ", tables.Select(t => $"drop table if exists {t} cascade")), ct);
        await store.Schema.ApplyAllConfiguredChangesToDatabaseAsync(null, ct);
    }

    private async Task Run(string sql, CancellationToken ct)
    {
        await store.Schema.EnsureAsync(ct);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
