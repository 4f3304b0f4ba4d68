using Marten.Events;

namespace Marten.Schema;

/// <summary>
/// The functions in the database. Four are the real package's contract, so that it can work on the same tables; the
/// others are ours and let a single implicit transaction stop at a conflict.
/// </summary>
internal static class Functions
{
    public static IEnumerable<string> For(EventGraph events, StoreOptions options, AppendLock appendLock)
    {
        var schema = events.DatabaseSchemaName;
        yield return $"""
            create or replace function {options.DatabaseSchemaName}.mt_immutable_timestamptz(value text) returns timestamptz
            language sql immutable as $f$ select value::timestamptz $f$
            """;
        yield return $"""
            create or replace function {options.DatabaseSchemaName}.mt_immutable_date(value text) returns date
            language sql immutable as $f$ select value::date $f$
            """;
        foreach (var documents in options.Mappings.Select(m => m.SchemaName).Append(options.DatabaseSchemaName).Distinct())
            yield return $"""
                create or replace function {documents}.mt_require_change(changed bigint) returns boolean language plpgsql as $f$
                begin
                    if changed = 0 then raise exception 'nothing was changed' using errcode = 'MT010'; end if;
                    return true;
                end $f$
                """;

        // Says why an append moved no stream row: raising is what stops the implicit transaction.
        yield return $"""
            create or replace function {schema}.mt_refuse_append(stream uuid) returns boolean language plpgsql as $f$
            declare
                found_version bigint;
                found_archived boolean;
            begin
                select s.version, s.is_archived into found_version, found_archived from {schema}.mt_streams s where s.id = stream;
                if found_archived then raise exception 'the stream is archived' using errcode = 'MT001'; end if;
                raise exception 'the stream is at version %', coalesce(found_version, 0) using errcode = 'MT003';
            end $f$
            """;
        yield return $"""
            create or replace function {schema}.mt_mark_event_progression(name varchar, last_encountered bigint) returns void language plpgsql as $f$
            begin
                insert into {schema}.mt_event_progression as p (name, last_seq_id, last_updated) values ($1, $2, transaction_timestamp())
                on conflict on constraint pk_mt_event_progression do update set last_seq_id = $2, last_updated = transaction_timestamp();
            end $f$
            """;
        yield return $"""
            create or replace function {schema}.mt_archive_stream(streamid uuid) returns void language plpgsql as $f$
            begin
                update {schema}.mt_streams set is_archived = true where id = streamid;
                update {schema}.mt_events set is_archived = true where stream_id = streamid;
            end $f$
            """;
        if (events.EnableAdvancedAsyncTracking)
            yield return $"""
                create or replace function {schema}.mt_mark_progression_with_skip(shard varchar, ending bigint, starting bigint)
                returns bigint language plpgsql as $f$
                declare mark bigint;
                begin
                    update {schema}.mt_event_progression set last_seq_id = ending, last_updated = transaction_timestamp()
                    where name = shard and last_seq_id = starting;
                    if found then
                        insert into {schema}.mt_high_water_skips (ending_sequence, starting_sequence, timestamp)
                        values (ending, starting, transaction_timestamp()) on conflict do nothing;
                        return ending;
                    end if;
                    select last_seq_id into mark from {schema}.mt_event_progression where name = shard;
                    return coalesce(mark, 0);
                end $f$
                """;
        yield return QuickAppend(events, appendLock);
    }

    private static string QuickAppend(EventGraph events, AppendLock appendLock)
    {
        var (schema, metadata) = (events.DatabaseSchemaName, events.MetadataConfig);
        (string Parameter, string Type, string? Column, bool On)[] optional =
        [
            ("causation_ids", "varchar[]", "causation_id", metadata.CausationIdEnabled),
            ("correlation_ids", "varchar[]", "correlation_id", metadata.CorrelationIdEnabled),
            ("all_headers", "jsonb[]", "headers", metadata.HeadersEnabled),
            ("user_names", "varchar[]", "user_name", metadata.UserNameEnabled),
            ("timestamps", "timestamptz[]", "timestamp", events.AppendMode == JasperFx.Events.EventAppendMode.QuickWithServerTimestamps),
        ];
        var on = optional.Where(o => o.On).ToArray();
        var parameters = string.Concat(on.Select(o => $", {o.Parameter} {o.Type}"));
        var columns = string.Concat(on.Select(o => $", {o.Column}")) + (on.Any(o => o.Column == "timestamp") ? "" : ", timestamp");
        var values = string.Concat(on.Select(o => $", {o.Parameter}[i]")) + (on.Any(o => o.Column == "timestamp") ? "" : ", now()");
        return $"""
            create or replace function {schema}.mt_quick_append_events(stream uuid, stream_type varchar, tenantid varchar, event_ids uuid[],
                event_types varchar[], dotnet_types varchar[], bodies jsonb[], bdatas bytea[]{parameters}, expected_version bigint default null)
            returns bigint[] language plpgsql as $f$
            declare
                at_version bigint;
                archived boolean;
                seq bigint;
                answer bigint[];
            begin
                select s.version, s.is_archived into at_version, archived from {schema}.mt_streams s where s.id = stream;
                if archived then raise exception 'the stream is archived' using errcode = 'MT001'; end if;
                if expected_version is not null and expected_version <> coalesce(at_version, 0) then
                    raise exception 'the stream is at another version' using errcode = 'MT003';
                end if;
                if at_version is null then
                    at_version := 0;
                    insert into {schema}.mt_streams (id, type, version, timestamp, tenant_id) values (stream, stream_type, 0, now(), tenantid);
                end if;
                perform pg_advisory_xact_lock_shared({appendLock.Class}, {appendLock.Key});
                answer := array[at_version + cardinality(event_ids)];
                for i in 1 .. cardinality(event_ids) loop
                    seq := nextval('{schema}.mt_events_sequence');
                    answer := answer || seq;
                    insert into {schema}.mt_events (seq_id, id, stream_id, version, data, bdata, type, tenant_id, mt_dotnet_type, is_archived{columns})
                    values (seq, event_ids[i], stream, at_version + i, bodies[i], bdatas[i], event_types[i], tenantid, dotnet_types[i], false{values});
                end loop;
                update {schema}.mt_streams set version = answer[1], timestamp = now() where id = stream;
                return answer;
            end $f$
            """;
    }
}
