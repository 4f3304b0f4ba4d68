using Expo.Marten.Tests.Setup;
using Marten.Exceptions;

namespace Expo.Marten.Tests.Schema;

public sealed class SchemaTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_event_tables_have_the_columns_of_the_real_package()
    {
        await using var store = server.Store(o => o.Events.MetadataConfig.UserNameEnabled = true);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var schema = store.Options.DatabaseSchemaName;
        Assert.Equal(
            ["id uuid not null", "type character varying", "version bigint", "timestamp timestamp with time zone not null",
             "created timestamp with time zone not null", "tenant_id character varying", "is_archived boolean"],
            await Columns(schema, "mt_streams"));
        Assert.Equal(
            ["seq_id bigint not null", "id uuid not null", "stream_id uuid", "version bigint not null", "data jsonb not null", "bdata bytea",
             "type character varying(500) not null", "timestamp timestamp with time zone not null", "tenant_id character varying",
             "mt_dotnet_type character varying", "correlation_id character varying", "causation_id character varying", "headers jsonb",
             "user_name character varying", "is_archived boolean"],
            await Columns(schema, "mt_events"));
        Assert.Equal(["name character varying not null", "last_seq_id bigint", "last_updated timestamp with time zone"], await Columns(schema, "mt_event_progression"));
        Assert.Equal(
            ["id uuid not null", "data jsonb not null", "mt_last_modified timestamp with time zone", "mt_version bigint not null", "mt_dotnet_type character varying"],
            await Columns(schema, "mt_doc_booth"));
        Assert.Equal(
            ["fkey_mt_events_stream_id", "pk_mt_event_progression", "pkey_mt_doc_booth_id", "pkey_mt_events_seq_id", "pkey_mt_streams_id"],
            await server.Texts($"select conname::text from pg_constraint c join pg_namespace n on n.oid = c.connamespace where nspname = '{schema}' "
                + "and conname not like '%deadletter%' and conname not like '%skips%' and conname not like '%leases%' order by 1"));
        Assert.Equal(["pk_mt_events_stream_and_version"],
            await server.Texts($"select indexname::text from pg_indexes where schemaname = '{schema}' and tablename = 'mt_events' and indexname not like 'pkey%'"));
        Assert.Equal($"{schema}.mt_events_sequence", await server.Scalar<string>($"select pg_get_serial_sequence('{schema}.mt_events', 'seq_id')"));
    }

    [Fact]
    public async Task Applying_the_schema_twice_at_once_and_again_changes_nothing()
    {
        var schema = Server.NewSchema();
        await using var one = server.Store(schema: schema);
        await using var two = server.Store(schema: schema);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? one : two).Storage.ApplyAllConfiguredChangesToDatabaseAsync()));
        await one.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Ct);
    }

    [Fact]
    public async Task A_column_that_came_with_an_option_is_added_and_missed_until_then()
    {
        var schema = Server.NewSchema();
        await using (var before = server.Store(schema: schema)) await before.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var store = server.Store(o => o.Events.MetadataConfig.UserNameEnabled = true, schema);
        var missing = await Assert.ThrowsAsync<MartenSchemaException>(() => store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Ct));
        Assert.Contains("mt_events.user_name", missing.Message, StringComparison.Ordinal);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(Ct);
    }

    [Fact]
    public async Task A_snapshot_row_carries_the_stream_version_and_the_class()
    {
        await using var store = server.Store();
        var id = Guid.CreateVersion7();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1), new BoothReserved(id, id));
        await session.SaveChangesAsync(Ct);
        var schema = store.Options.DatabaseSchemaName;
        Assert.Equal([$"2 {typeof(Booth).FullName} 2"], await server.Texts(
            $"select mt_version || ' ' || mt_dotnet_type || ' ' || (data ->> 'Status') from {schema}.mt_doc_booth where id = '{id}'"));
        Assert.Equal(["booth 2", "booth 2"], await server.Texts(
            $"select s.type || ' ' || s.version from {schema}.mt_streams s join {schema}.mt_events e on e.stream_id = s.id where s.id = '{id}'"));
        Assert.Equal([$"{typeof(BoothPlanned).FullName}, Marten.Tests", $"{typeof(BoothReserved).FullName}, Marten.Tests"], await server.Texts(
            $"select mt_dotnet_type from {schema}.mt_events where stream_id = '{id}' order by seq_id"));
    }

    [Fact]
    public async Task What_the_quick_append_function_writes_is_read_like_our_own()
    {
        await using var store = server.Store();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var (schema, id) = (store.Options.DatabaseSchemaName, Guid.CreateVersion7());
        var answer = await server.Scalar<long[]>($$$"""
            select {{{schema}}}.mt_quick_append_events('{{{id}}}', 'booth', '*DEFAULT*', array[gen_random_uuid()], array['booth_planned']::varchar[],
                array['{{{typeof(BoothPlanned).FullName}}}, Marten.Tests']::varchar[], array['{"BoothId":"{{{id}}}","Hall":"A","Number":1}'::jsonb], array[null]::bytea[],
                array[null]::varchar[], array['c1']::varchar[], array['null'::jsonb], array[now()], 0)
            """);
        Assert.Equal([1L, 1L], answer);
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForWriting<Booth>(id, Ct);
        Assert.Equal((1L, BoothStatus.Free), (stream.CurrentVersion!.Value, stream.Aggregate!.Status));
        var e = Assert.Single(await session.Events.FetchStreamAsync(id, token: Ct));
        Assert.Null(e.Headers);
        Assert.Equal("c1", e.CorrelationId);
        stream.AppendOne(new BoothReserved(id, id));
        await session.SaveChangesAsync(Ct);
        Assert.Equal(2, (await session.LoadAsync<Booth>(id, Ct))!.Changes);
    }

    private Task<IReadOnlyList<string>> Columns(string schema, string table) => server.Texts(
        "select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end "
        + $"from pg_attribute a where a.attrelid = '{schema}.{table}'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum");
}
