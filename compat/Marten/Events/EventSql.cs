using Marten.Schema;

namespace Marten.Events;

/// <summary>The statements over streams and events, written once for a store's options.</summary>
internal sealed class EventSql
{
    private readonly string _events;
    private readonly string _streams;

    public EventSql(EventGraph events, StoreOptions options, AppendLock appendLock)
    {
        var schema = events.DatabaseSchemaName;
        var metadata = events.MetadataConfig;
        (string Column, string Type, bool On)[] optional =
        [
            ("correlation_id", "varchar", metadata.CorrelationIdEnabled),
            ("causation_id", "varchar", metadata.CausationIdEnabled),
            ("headers", "jsonb", metadata.HeadersEnabled),
            ("user_name", "varchar", metadata.UserNameEnabled),
        ];
        var extra = optional.Where(o => o.On).ToArray();
        var inserted = string.Concat(extra.Select(o => $", {o.Column}"));
        var selected = string.Concat(extra.Select(o => $", e.{o.Column}"));

        Columns = $"e.seq_id, e.id, e.stream_id, e.version, e.data, e.type, e.timestamp, e.mt_dotnet_type, e.is_archived{selected}";

        // The stream row is moved first: a conflict is found there, before any sequence number is drawn. Then the lock is taken
        // that tells readers of an append under way. One event comes as plain values, several as arrays.
        var into = $"insert into {schema}.mt_events "
            + $"(seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, is_archived{inserted})";
        (string Column, string Type)[] sent =
        [
            ("id", "uuid"), ("type", "varchar"), ("dotnet", "varchar"), ("data", "jsonb"), ("at", "timestamptz"),
            .. extra.Select(o => (o.Column, o.Type)),
        ];
        var one = $"(select {string.Join(", ", sent.Select((c, i) => $"${i + 4}::{c.Type} as {c.Column}"))}, 1::bigint as n) e";
        var many = $"unnest({string.Join(", ", sent.Select((c, i) => $"${i + 4}::{c.Type}[]"))}) "
            + $"with ordinality as e({string.Join(", ", sent.Select(c => c.Column))}, n)";
        AppendExpected = Append(
            $"update {schema}.mt_streams set version = $3, timestamp = now() where id = $1 and version = $2 and is_archived is not true returning $2 as base");
        AppendAnywhere = Append(
            $"insert into {schema}.mt_streams as s (id, type, version, tenant_id) values ($1, $2, $3, '*DEFAULT*') "
            + "on conflict (id) do update set version = s.version + excluded.version, timestamp = now() where s.is_archived is not true "
            + "returning s.version - $3 as base");
        Start = Append(
            $"insert into {schema}.mt_streams (id, type, version, tenant_id) values ($1, $2, $3, '*DEFAULT*') returning 0::bigint as base");
        AssertVersion = $"select case when exists (select from {schema}.mt_streams where id = $1 and version = $2 and is_archived is not true) "
            + $"then true else {schema}.mt_refuse_append($1) end as mt_checked";

        StreamState = $"select version, type, timestamp, created, is_archived from {schema}.mt_streams where id = $1";
        LockStream = $"select version, type from {schema}.mt_streams where id = $1 for update";
        StreamVersion = $"select version from {schema}.mt_streams where id = $1";
        FetchStream = $"select {Columns} from {schema}.mt_events e where e.stream_id = $1 and e.version > $2 and e.is_archived is not true order by e.version";
        FetchStreamUntil = $"select {Columns} from {schema}.mt_events e where e.stream_id = $1 and e.version >= $2 and ($3 = 0 or e.version <= $3) "
            + "and ($4::timestamptz is null or e.timestamp <= $4) and e.is_archived is not true order by e.version";
        LoadEvent = $"select {Columns} from {schema}.mt_events e where e.id = $1";
        Archive = $"select {schema}.mt_archive_stream($1)";
        _events = $"{schema}.mt_events";
        _streams = $"{schema}.mt_streams";
        Progress = $"select last_seq_id from {schema}.mt_event_progression where name = $1";
        AllProgress = $"select name, last_seq_id from {schema}.mt_event_progression "
            + "where name not in ('HighWaterAllocationFence', 'HighWaterStuckGap') order by name";
        Advance = $"with {Moved("")} select {options.DatabaseSchemaName}.mt_require_change((select count(*) from moved)) as mt_checked";

        // The token's row stays locked until the page commits, so nobody takes over in between.
        AdvanceFenced = $"with held as (select from {schema}.mt_shard_leases where shard = $1 and epoch = $4 for share), "
            + $"{Moved(" and exists (select from held)")} select {options.DatabaseSchemaName}.mt_require_change((select count(*) from moved)) as mt_checked";
        TakeLease = $"insert into {schema}.mt_shard_leases as l (shard, epoch, node) values ($1, 1, $2) "
            + "on conflict (shard) do update set epoch = l.epoch + 1, node = excluded.node, taken_at = transaction_timestamp() returning epoch";
        Begin = $"insert into {schema}.mt_event_progression (name, last_seq_id) values ($1, $2) on conflict (name) do nothing";
        Forget = $"delete from {schema}.mt_event_progression where name = $1";
        Mark = $"select {schema}.mt_mark_event_progression($1, $2)";
        MarkWithSkip = $"select {schema}.mt_mark_progression_with_skip($1, $2, $3)";

        // The first page makes the row, as upstream's does: a row at 0 would stop upstream's for good.
        string Moved(string condition) => $"moved as (insert into {schema}.mt_event_progression as p (name, last_seq_id, last_updated) "
            + $"select $1, $3, transaction_timestamp() where ($2 = 0 or exists (select from {schema}.mt_event_progression where name = $1)){condition} "
            + "on conflict (name) do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated where p.last_seq_id = $2 returning 1)";

        Appending Append(string move)
        {
            return new Appending(From(one), From(many));

            string From(string source) => $"with moved as ({move}) {into} "
                + $"select nextval('{schema}.mt_events_sequence'), e.id, $1, moved.base + e.n, e.data, e.type, e.at, '*DEFAULT*', e.dotnet, false{selected} "
                + $"from moved, {source} where (select case count(*) when 1 then pg_advisory_xact_lock_shared({appendLock.Class}, {appendLock.Key})::text = '' "
                + $"else {schema}.mt_refuse_append($1) end from moved) returning seq_id as mt_seq_id, version";
        }
    }

    /// <summary>The type of what the real package writes in its rich mode under numbers that failed appends have drawn.</summary>
    public const string Tombstone = "tombstone";

    /// <summary>What a row of an event is read from.</summary>
    public string Columns { get; }
    public Appending AppendExpected { get; }
    public Appending AppendAnywhere { get; }
    public Appending Start { get; }
    public string AssertVersion { get; }
    public string StreamState { get; }
    public string LockStream { get; }
    public string StreamVersion { get; }
    public string FetchStream { get; }
    public string FetchStreamUntil { get; }
    public string LoadEvent { get; }
    public string Archive { get; }
    public string AdvanceFenced { get; }
    public string TakeLease { get; }
    public string Progress { get; }
    public string AllProgress { get; }
    public string Advance { get; }
    public string Begin { get; }
    public string Forget { get; }
    public string Mark { get; }
    public string MarkWithSkip { get; }

    /// <summary>The events above $1 up to $2, at most $3; then the names of wanted types and of a stream's kind, where asked for.</summary>
    public string Page(bool ofTypes, bool ofStreams, bool withArchived) =>
        $"select {Columns} from {_events} e {(ofStreams ? $"join {_streams} s on s.id = e.stream_id " : "")}where e.seq_id > $1 and e.seq_id <= $2"
        + (ofTypes ? " and e.type = any($4)" : "") + (ofStreams ? $" and s.type = ${(ofTypes ? 5 : 4)}" : "")
        + (withArchived ? "" : " and e.is_archived is not true") + " order by e.seq_id limit $3";
}

/// <summary>One way to append, for a single event and for several.</summary>
internal sealed record Appending(string One, string Many);
