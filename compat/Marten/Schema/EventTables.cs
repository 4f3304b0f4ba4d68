using Marten.Events;

namespace Marten.Schema;

/// <summary>The event store's tables, as the real package lays them out.</summary>
internal static class EventTables
{
    public static IEnumerable<SchemaTable> For(EventGraph events)
    {
        var (schema, metadata) = (events.DatabaseSchemaName, events.MetadataConfig);
        yield return new SchemaTable(schema, "mt_streams",
        [
            new("id", "uuid not null"),
            new("type", "varchar null"),
            new("version", "bigint null"),
            new("timestamp", "timestamptz not null default now()"),
            new("created", "timestamptz not null default now()"),
            new("tenant_id", "varchar null default '*DEFAULT*'"),
            new("is_archived", "boolean null default false"),
        ])
        {
            Constraints = [$"constraint {SchemaNames.StreamPrimaryKey} primary key (id)"],
        };

        List<SchemaColumn> columns =
        [
            new("seq_id", "bigint not null"),
            new("id", "uuid not null"),
            new("stream_id", "uuid null"),
            new("version", "bigint not null"),
            new("data", "jsonb not null"),
            new("bdata", "bytea null"),
            new("type", "varchar(500) not null"),
            new("timestamp", "timestamptz not null default now()"),
            new("tenant_id", "varchar null default '*DEFAULT*'"),
            new("mt_dotnet_type", "varchar null"),
        ];
        if (metadata.CorrelationIdEnabled) columns.Add(new("correlation_id", "varchar null"));
        if (metadata.CausationIdEnabled) columns.Add(new("causation_id", "varchar null"));
        if (metadata.HeadersEnabled) columns.Add(new("headers", "jsonb null"));
        if (metadata.UserNameEnabled) columns.Add(new("user_name", "varchar null"));
        columns.Add(new("is_archived", "boolean null default false"));

        List<(string, string)> after =
        [
            ("mt_events_sequence", $"create sequence {schema}.mt_events_sequence owned by {schema}.mt_events.seq_id"),
            (SchemaNames.StreamAndVersion, $"create unique index {SchemaNames.StreamAndVersion} on {schema}.mt_events (stream_id, version)"),
        ];
        if (events.EnableUniqueIndexOnEventId) after.Add(("idx_mt_events_event_id", $"create unique index idx_mt_events_event_id on {schema}.mt_events (id)"));
        if (events.EnableEventTypeIndex)
            after.Add(("idx_mt_events_event_type_seq_id", $"create index idx_mt_events_event_type_seq_id on {schema}.mt_events (type, seq_id)"));
        yield return new SchemaTable(schema, "mt_events", columns)
        {
            Constraints =
            [
                $"constraint {SchemaNames.EventPrimaryKey} primary key (seq_id)",
                $"constraint fkey_mt_events_stream_id foreign key (stream_id) references {schema}.mt_streams (id) on delete cascade",
            ],
            After = after,
        };

        yield return new SchemaTable(schema, "mt_event_progression",
        [
            new("name", "varchar not null"),
            new("last_seq_id", "bigint null"),
            new("last_updated", "timestamptz null default transaction_timestamp()"),
        ])
        {
            Constraints = ["constraint pk_mt_event_progression primary key (name)"],
        };

        // Ours: who may move a shard's progress when nodes take turns.
        yield return new SchemaTable(schema, "mt_shard_leases",
        [
            new("shard", "varchar not null"),
            new("epoch", "bigint not null"),
            new("node", "varchar null"),
            new("taken_at", "timestamptz not null default transaction_timestamp()"),
        ])
        {
            Constraints = ["constraint pk_mt_shard_leases primary key (shard)"],
        };

        if (events.EnableAdvancedAsyncTracking)
            yield return new SchemaTable(schema, "mt_high_water_skips",
            [
                new("ending_sequence", "bigint not null"),
                new("starting_sequence", "bigint not null"),
                new("timestamp", "timestamptz null default transaction_timestamp()"),
            ])
            {
                Constraints = ["constraint pkey_mt_high_water_skips_ending_sequence primary key (ending_sequence)"],
            };
    }
}
