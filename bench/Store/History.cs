using System.Globalization;
using System.Text.Json;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace Expo.Bench.Store;

/// <summary>Fills a store with many events by COPY: the rows that appends would have written, which a sample proves.</summary>
public sealed class History(Server server, int events)
{
    private const int PerStream = 200;
    private const string EventColumns =
        "seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived";

    private static readonly string Cache = Path.Combine(Environment.GetEnvironmentVariable("EXPO_DATA") ?? ".aspire-data", "bench");

    /// <summary>Makes the store's tables and fills them; the rows are kept in a file for the next time.</summary>
    public async Task LoadAsync(DocumentStore store)
    {
        var schema = store.Options.DatabaseSchemaName;
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var connection = new NpgsqlConnection(server.Address.ConnectionString + ";Command Timeout=600");
        await connection.OpenAsync();
        await Execute(connection, "set session_replication_role = replica"); // the rows are known to belong together
        await Execute(connection, Line($"insert into {schema}.mt_streams (id, type, version, tenant_id) select md5('stream' || n)::uuid, 'tally', {PerStream}, '*DEFAULT*' from generate_series(0, {events / PerStream - 1}) n"));
        var file = Path.Combine(Cache, Line($"events-{events}.copy"));
        if (File.Exists(file)) await Import(connection, schema, file);
        else
        {
            await Generate(connection, schema);
            await Keep(connection, schema, file);
        }

        await Execute(connection, Line($"select setval('{schema}.mt_events_sequence', {events})"));
        await Execute(connection, "set session_replication_role = origin");
        await Check(store, connection);
        await Execute(connection, Line($"vacuum (analyze) {schema}.mt_events"));
        await Execute(connection, Line($"vacuum (analyze) {schema}.mt_streams"));
    }

    private async Task Generate(NpgsqlConnection connection, string schema)
    {
        var streams = new Guid[events / PerStream];
        await using (var command = new NpgsqlCommand(Line($"select md5('stream' || n)::uuid from generate_series(0, {streams.Length - 1}) n order by n"), connection))
        await using (var rows = await command.ExecuteReaderAsync())
            for (var i = 0; await rows.ReadAsync(); i++) streams[i] = rows.GetGuid(0);

        await using var copy = await connection.BeginBinaryImportAsync($"copy {schema}.mt_events ({EventColumns}) from stdin (format binary)");
        copy.Timeout = TimeSpan.FromMinutes(10);
        for (var n = 0; n < events; n++)
        {
            var stream = streams[n % streams.Length];
            await copy.StartRowAsync();
            await copy.WriteAsync(n + 1L, NpgsqlDbType.Bigint);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid);
            await copy.WriteAsync(stream, NpgsqlDbType.Uuid);
            await copy.WriteAsync(n / streams.Length + 1L, NpgsqlDbType.Bigint);
            await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Tallied.Number(n, stream)), NpgsqlDbType.Jsonb);
            await copy.WriteAsync("tallied", NpgsqlDbType.Varchar);
            await copy.WriteAsync(TimeProvider.System.GetUtcNow(), NpgsqlDbType.TimestampTz);
            await copy.WriteAsync("*DEFAULT*", NpgsqlDbType.Varchar);
            await copy.WriteAsync("Expo.Bench.Store.Tallied, Bench", NpgsqlDbType.Varchar);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean);
        }

        await copy.CompleteAsync();
    }

    private static async Task Keep(NpgsqlConnection connection, string schema, string file)
    {
        Directory.CreateDirectory(Cache);
        await using (var to = File.Create(file + ".new"))
        await using (var from = await connection.BeginRawBinaryCopyAsync($"copy {schema}.mt_events ({EventColumns}) to stdout (format binary)"))
            await from.CopyToAsync(to);
        File.Move(file + ".new", file, overwrite: true);
    }

    private static async Task Import(NpgsqlConnection connection, string schema, string file)
    {
        await using var from = File.OpenRead(file);
        await using var to = await connection.BeginRawBinaryCopyAsync($"copy {schema}.mt_events ({EventColumns}) from stdin (format binary)");
        await from.CopyToAsync(to);
    }

    /// <summary>Appends a stream beside the copied ones and asks whether anything but identities and times tells them apart; it is removed again.</summary>
    private static async Task Check(DocumentStore store, NpgsqlConnection connection)
    {
        var (schema, stream) = (store.Options.DatabaseSchemaName, Guid.CreateVersion7());
        await using var session = store.LightweightSession();
        session.Events.StartStream<Tally>(stream, Enumerable.Range(0, PerStream).Select(n => Tallied.Number(n, stream)));
        await session.SaveChangesAsync();
        var kinds = await Count(connection, $"""
            select count(distinct (to_jsonb(e) - array['seq_id', 'id', 'stream_id', 'version', 'timestamp', 'data'],
                (select string_agg(k || jsonb_typeof(e.data -> k), ',' order by k) from jsonb_object_keys(e.data) k),
                to_jsonb(s) - array['id', 'timestamp', 'created']))
            from {schema}.mt_events e join {schema}.mt_streams s on s.id = e.stream_id where e.stream_id = '{stream}' or e.seq_id < 1000
            """);
        if (kinds != 1) throw new InvalidOperationException($"Copied and appended rows differ: {kinds} kinds.");
        await Execute(connection, $"delete from {schema}.mt_events where stream_id = '{stream}'");
        await Execute(connection, $"delete from {schema}.mt_streams where id = '{stream}'");
        await Execute(connection, $"truncate {schema}.mt_doc_tally");
    }

    private static async Task<long> Count(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
