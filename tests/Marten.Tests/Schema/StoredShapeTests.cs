using System.Text.RegularExpressions;
using Expo.Marten.Tests.Setup;
using JasperFx.Events.Projections;
using Marten;

namespace Expo.Marten.Tests.Schema;

/// <summary>Everything the store puts into a database, as listings that change only on purpose: the real package opens the same database.</summary>
public sealed partial class StoredShapeTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_schema_is_as_listed()
    {
        await using var store = Shaped();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var schema = store.Options.DatabaseSchemaName;
        var listing = new List<string>();
        listing.AddRange(await server.Texts($"""
            select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
                || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
            from pg_class c join pg_attribute a on a.attrelid = c.oid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where c.relnamespace = '{schema}'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum
            """));
        listing.AddRange(await server.Texts($"select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = '{schema}'::regnamespace order by 1"));
        listing.AddRange(await server.Texts($"select indexdef from pg_indexes where schemaname = '{schema}' order by 1"));
        listing.AddRange(await server.Texts($"select 'sequence ' || sequencename || ' cache ' || cache_size || ' owned by ' || (select refobjid::regclass || '.' || refobjsubid from pg_depend where objid = (schemaname || '.' || sequencename)::regclass and deptype = 'a') from pg_sequences where schemaname = '{schema}' order by 1"));
        listing.AddRange(await server.Texts($"select 'function ' || proname || '(' || pg_get_function_arguments(oid) || ') ' || pg_get_function_result(oid) from pg_proc where pronamespace = '{schema}'::regnamespace order by 1"));
        Golden.Equal("stored-schema.txt", listing.Select(line => line.Replace(schema, "SCHEMA", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rows_are_as_listed()
    {
        await using var store = Shaped();
        var (schema, id) = (store.Options.DatabaseSchemaName, new Guid("0193a000-0000-7000-8000-000000000001"));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await server.Scalar<long>($"select nextval('{schema}.mt_events_sequence')"); // an append that failed
        await using var session = store.LightweightSession();
        (session.CorrelationId, session.CausationId, session.LastModifiedBy) = ("correlation", "causation", "user");
        session.SetHeader("edition", "21");
        session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1));
        session.Store(new Note { Id = "n1", Text = "kept", DueAt = DateTimeOffset.UnixEpoch });
        await session.SaveChangesAsync(Ct);
        await using var plain = store.LightweightSession();
        plain.Events.Append(id, new BoothReserved(id, id), new BoothReleased(id, "moved"));
        await plain.SaveChangesAsync(Ct);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        plain.Events.ArchiveStream(id);
        await plain.SaveChangesAsync(Ct);

        var rows = new List<string>();
        foreach (var table in (string[])[
            "mt_streams", "mt_events", "mt_doc_booth", "mt_doc_halltally", "mt_doc_brittle", "mt_doc_storedshapetests_note",
            "mt_doc_deadletterevent", "mt_event_progression", "mt_high_water_skips"])
            foreach (var row in await server.Texts($"select to_jsonb(t)::text from {schema}.{table} t order by to_jsonb(t) -> 'seq_id', to_jsonb(t) ->> 'name'"))
                rows.Add($"{table} {Time().Replace(Unrepeatable().Replace(row, "\"$1$2\": \"…\""), "\"…\"")}");
        Golden.Equal("stored-rows.txt", rows);
    }

    private DocumentStore Shaped() => server.Store(o =>
    {
        o.Events.MetadataConfig.UserNameEnabled = true;
        o.Schema.For<Note>().Duplicate(n => n.DueAt).Index(n => n.Text);
        o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
        o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async);
        o.Projections.Errors.SkipApplyErrors = true;
    });

    // Only what is made anew each time: the event's own id, a document's random version and identity; and where in the code something failed.
    [GeneratedRegex("\"(id|Id|mt_version)\": \"(?!0193a000)[0-9a-f-]{36}\"|\"(ExceptionMessage)\": \"[^\"]*\"")]
    private static partial Regex Unrepeatable();

    [GeneratedRegex("\"20\\d\\d-[^\"]*\"")]
    private static partial Regex Time();

    public sealed class Note
    {
        public string Id { get; set; } = "";
        public string Text { get; set; } = "";
        public DateTimeOffset DueAt { get; set; }
    }
}
