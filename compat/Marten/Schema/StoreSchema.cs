using System.Collections.Concurrent;
using JasperFx;
using Marten.Exceptions;
using Marten.Sessions;
using Marten.Storage;
using Npgsql;

namespace Marten.Schema;

/// <summary>Creates what the store needs in the database, and checks that it is there. Only ever adds.</summary>
internal sealed class StoreSchema(DocumentStore store) : IMartenStorage, IMartenDatabase, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<Type, DocumentMapping> _present = new();
    private volatile bool _ensured;

    public IMartenDatabase Database => this;

    private StoreOptions Options => store.StoreOptions;
    private IEnumerable<SchemaTable> Tables => EventTables.For(store.Events).Concat(Options.Mappings.Select(SchemaTable.For));

    /// <summary>Creates the whole schema before the first use, unless the options leave that to somebody else.</summary>
    public ValueTask EnsureAsync(CancellationToken ct) =>
        _ensured || Options.AutoCreateSchemaObjects == AutoCreate.None ? ValueTask.CompletedTask : new ValueTask(EnsureOnce(ct));

    /// <summary>The mapping, its table created if the type turned up after the start.</summary>
    public async ValueTask<DocumentMapping> MappedAsync(DocumentMapping mapping, CancellationToken ct)
    {
        var type = mapping.Type;
        if (mapping.IsShadow || _present.ContainsKey(type)) return mapping;
        await EnsureAsync(ct);
        if (Options.AutoCreateSchemaObjects != AutoCreate.None && !_present.ContainsKey(type)) await ApplyAllConfiguredChangesToDatabaseAsync(null, ct);
        return _present.GetOrAdd(type, mapping);
    }

    public Task ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override = null) => ApplyAllConfiguredChangesToDatabaseAsync(@override, default);

    public async Task ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate? @override, CancellationToken ct)
    {
        var present = Options.Mappings.ToList();
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        // Another instance may be at it for longer than a connection's own limits allow to wait.
        await Execute(connection, "set local lock_timeout = 0", ct);
        await Execute(connection, "set local statement_timeout = 0", ct);
        await Execute(connection, $"select pg_advisory_xact_lock({Options.ApplyChangesLockId})", ct);
        await Execute(connection, string.Join(";\n", Schemas().Select(s => $"create schema if not exists {s}")), ct);
        foreach (var function in Functions.For(store.Events, Options, store.AppendLock)) await Execute(connection, function, ct);
        foreach (var table in Tables)
        {
            var existing = await ColumnsOf(connection, table, ct);
            if (existing.Count == 0) await Execute(connection, table.CreateSql, ct);
            else foreach (var column in table.Columns.Where(c => !existing.Contains(c.Name))) await Execute(connection, table.AddColumnSql(column), ct);
            foreach (var (name, sql) in table.After)
                if (!await Exists(connection, $"{table.Schema}.{name}", ct)) await Execute(connection, sql, ct);
        }

        await transaction.CommitAsync(ct);
        foreach (var mapping in present) _present[mapping.Type] = mapping;
        _ensured = true;
    }

    public async Task AssertDatabaseMatchesConfigurationAsync(CancellationToken ct = default)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        var missing = new List<string>();
        foreach (var table in Tables)
        {
            var existing = await ColumnsOf(connection, table, ct);
            if (existing.Count == 0) missing.Add($"table {table.Schema}.{table.Name}");
            else missing.AddRange(table.Columns.Where(c => !existing.Contains(c.Name)).Select(c => $"column {table.Schema}.{table.Name}.{c.Name}"));
        }

        if (missing.Count > 0)
            throw new MartenSchemaException($"The database does not match the store's options. Apply the schema first; missing: {string.Join(", ", missing)}.");
    }

    public void Dispose() => _gate.Dispose();

    public string ToDatabaseScript() => string.Join(";\n\n",
        Schemas().Select(s => $"create schema if not exists {s}")
            .Concat(Functions.For(store.Events, Options, store.AppendLock))
            .Concat(Tables.SelectMany(t => t.After.Select(a => a.Sql).Prepend(t.CreateSql)))) + ";\n";

    private async Task EnsureOnce(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (!_ensured) await ApplyAllConfiguredChangesToDatabaseAsync(null, ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    private IEnumerable<string> Schemas() => Options.Mappings.Select(m => m.SchemaName)
        .Append(Options.DatabaseSchemaName).Append(store.Events.DatabaseSchemaName).Distinct();

    private static async Task<HashSet<string>> ColumnsOf(NpgsqlConnection connection, SchemaTable table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace "
            + "where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped", connection);
        command.Parameters.Add(Db.Text(table.Schema));
        command.Parameters.Add(Db.Text(table.Name));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var columns = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) columns.Add(reader.GetString(0));
        return columns;
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string relation, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        command.Parameters.Add(Db.Text(relation));
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
