using JasperFx.Events.Projections;
using Marten.Exceptions;
using Marten.Schema;
using Marten.Sessions;
using Npgsql;

namespace Marten.Events.Daemon;

/// <summary>The copies of a rebuild: made, taken over in one transaction, and dropped whatever happens.</summary>
internal sealed class Swap(DocumentStore store, ShardSource source, IReadOnlyDictionary<Type, DocumentMapping> shadows, bool inline) : IAsyncDisposable
{
    // "MtRb" in ASCII, beside the shard's name.
    private const int RebuildClass = 0x4D745262;
    private const int MostAttempts = 40;

    private readonly string _guard = $"({RebuildClass}, {StableHash.Of($"{store.Events.DatabaseSchemaName}:{source.Name.Identity}")})";
    private NpgsqlConnection? _connection;
    private bool _guarded;

    /// <summary>Makes empty copies, unless another process is at it.</summary>
    public async Task Begin(CancellationToken ct)
    {
        await store.Schema.EnsureAsync(ct);
        _connection = await store.DataSource.OpenConnectionAsync(ct);
        _guarded = await Ask<bool>($"select pg_try_advisory_lock{_guard}", ct);
        if (!_guarded) throw new InvalidOperationException($"'{source.Name}' is being rebuilt already.");
        foreach (var shadow in shadows.Values)
        {
            await store.Schema.MappedAsync(store.StoreOptions.MappingFor(shadow.Type), ct);
            await Execute($"drop table if exists {shadow.QualifiedTable}", ct);
            await Execute((SchemaTable.For(shadow) with { After = [] }).CreateSql.Replace("create table", "create unlogged table", StringComparison.Ordinal), ct);
            if (!source.Options.TeardownDataOnRebuild)
                await Execute($"insert into {shadow.QualifiedTable} select * from {store.StoreOptions.MappingFor(shadow.Type).QualifiedTable}", ct);
        }
    }

    /// <param name="replay">Brings the copies up to the number given and says where they then are.</param>
    /// <param name="ct">Ends it before the swap.</param>
    public async Task Commit(Func<long, Task<long>> replay, CancellationToken ct)
    {
        await using var transaction = await Hold(ct);
        var position = await replay(await Reached(ct));
        foreach (var shadow in shadows.Values)
            foreach (var statement in Takeover(store.StoreOptions.MappingFor(shadow.Type), shadow)) await Execute(statement, ct);
        if (!inline)
            await Execute(position == 0 ? $"delete from {store.Events.DatabaseSchemaName}.mt_event_progression where name = {Name}"
                : $"update {store.Events.DatabaseSchemaName}.mt_event_progression set last_seq_id = {position}, last_updated = now() where name = {Name}", ct);
        await transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is null) return;
        if (_guarded && _connection.State == System.Data.ConnectionState.Open)
        {
            foreach (var shadow in shadows.Values) await Execute($"drop table if exists {shadow.QualifiedTable}", CancellationToken.None);
            await Execute($"select pg_advisory_unlock{_guard}", CancellationToken.None);
        }

        await _connection.DisposeAsync();
    }

    private string Name => $"'{source.Name.Identity.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>An asynchronous shard is held by its progress row, on whichever node it runs; an inline one by the lock of its appends.</summary>
    private async Task<NpgsqlTransaction> Hold(CancellationToken ct)
    {
        var (schema, hold) = (store.Events.DatabaseSchemaName, store.AppendLock);
        if (!inline) await Execute($"insert into {schema}.mt_event_progression (name, last_seq_id) values ({Name}, 0) on conflict (name) do nothing", ct);
        for (var attempt = 1; ; attempt++)
        {
            var transaction = await _connection!.BeginTransactionAsync(ct);
            try
            {
                // While this waits, appends that come later wait behind it: better to let go and try again.
                await Execute("set local lock_timeout = '300ms'; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0", ct);
                await Execute(inline ? $"select pg_advisory_xact_lock({hold.Class}, {hold.Key})"
                    : $"select from {schema}.mt_event_progression where name = {Name} for update", ct);
                await Execute("set local lock_timeout = '10s'", ct);
                return transaction;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < MostAttempts)
            {
                await transaction.DisposeAsync();
                await Task.Delay(50, ct);
            }
        }
    }

    private Task<long> Reached(CancellationToken ct)
    {
        var schema = store.Events.DatabaseSchemaName;
        return Ask<long>(inline
            ? $"select coalesce(max(seq_id), 0) from {schema}.mt_events"
            : $"select last_seq_id from {schema}.mt_event_progression where name = {Name}", ct);
    }

    private static IEnumerable<string> Takeover(DocumentMapping live, DocumentMapping shadow)
    {
        string[] columns = ["data", "mt_version", "mt_dotnet_type", "mt_last_modified", .. live.Duplicates.Select(d => d.Column).Distinct()];
        var (all, copies) = (string.Join(", ", columns), string.Join(", ", columns.Select(c => $"s.{c}")));
        var insert = $"insert into {live.QualifiedTable} as l (id, {all}) select s.id, {copies} from {shadow.QualifiedTable} s";
        if (live.Indexes.Any(i => i.Definition.IsUnique))
        {
            // Row by row, a value could be taken over before its present owner has given it up.
            yield return $"delete from {live.QualifiedTable}";
            yield return insert;
            yield break;
        }

        string[] compared = [.. columns.Where(c => c != "mt_last_modified")];
        yield return $"delete from {live.QualifiedTable} l where not exists (select from {shadow.QualifiedTable} s where s.id = l.id)";
        yield return $"{insert} on conflict (id) do update set {string.Join(", ", columns.Select(c => $"{c} = excluded.{c}"))} "
            + $"where ({string.Join(", ", compared.Select(c => $"l.{c}"))}) is distinct from ({string.Join(", ", compared.Select(c => $"excluded.{c}"))})";
    }

    private async Task Execute(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<T> Ask<T>(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(ct) is T answer ? answer : throw new MartenException($"'{source.Name}' has no progress.");
    }
}
