using System.Text;
using Expo.Dashboard.Otlp;

namespace Expo.Dashboard.Telemetry;

/// <summary>A trace in a list; times in nanoseconds. Where a gateway's route says little, its entry is the first request to another service.</summary>
internal sealed record TraceSummary(string TraceId, string? Name, string? Entry, string? Source, long Start, long Duration, int Spans, int Failures, long Position, IReadOnlyList<string> Sources);

/// <summary>A span with all that is known of it; times in nanoseconds.</summary>
internal sealed record SpanDetails(
    string TraceId, string SpanId, string? ParentId, string Source, string Instance, string Scope, string Name, string Kind, long Start, long Duration, bool Failed,
    string? StatusMessage, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<SpanMoment> Events, IReadOnlyList<SpanReference> Links);

/// <summary>Something that happened within a span, such as an exception.</summary>
internal sealed record SpanMoment(string Name, long Time, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Another span that a span refers to.</summary>
internal sealed record SpanReference(string TraceId, string SpanId);

/// <summary>Reads traces and spans.</summary>
internal sealed class TraceQueries(TelemetryDatabase database, TimeProvider clock)
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private static readonly TimeSpan Arriving = TimeSpan.FromSeconds(10);

    /// <summary>Traces, the newest first.</summary>
    public IReadOnlyList<TraceSummary> List(TelemetryFilter filter)
    {
        var where = new Conditions()
            .Add(!filter.Noise, "(noise = 0 or failures > 0)")
            // Its root comes last: whether it is noise shows in a moment.
            .Add(!filter.Noise, "(root_name is not null or failures > 0 or start < ?)", Retention.Nanoseconds(clock.GetUtcNow() - Arriving))
            .Add(filter.Failed, "failures > 0")
            .Add(filter.Longer > 0, "stop - start >= ?", filter.Longer * NanosecondsPerMillisecond)
            .Add(filter.From is not null, "stop >= ?", Nanoseconds(filter.From))
            .Add(filter.To is not null, "start <= ?", Nanoseconds(filter.To))
            .Add(filter.Before > 0, "start < ?", filter.Before);
        var spans = new Conditions()
            .Add(filter.Source is not null, "source_id in (select id from sources where name = ?)", filter.Source)
            .Add(filter.Text is not null, "(name like '%' || ? || '%' or instr(body, ?) > 0)", filter.Text, Bytes(filter.Text))
            .AddAttributes(filter.Attributes, TelemetryDatabase.SpanHas);
        if (spans.Parameters.Count > 0)
        {
            where.Add(true, $"exists (select 1 from spans where spans.trace_id = traces.trace_id and {Renumbered(spans, where)})");
            where.Parameters.AddRange(spans.Parameters);
        }

        return database.Read(
            $"""
            select trace_id, root_name, (select name from sources where id = root_source), start, stop, spans, failures,
                (select name from spans where spans.trace_id = traces.trace_id and kind = 2 and source_id <> root_source order by start limit 1),
                (select group_concat(distinct s.name) from spans join sources s on s.id = source_id where spans.trace_id = traces.trace_id)
            from traces
            where {where} order by start desc limit {filter.Limit}
            """,
            row => new TraceSummary(
                Hex((byte[])row[0]), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3),
                row.GetInt64(4) - row.GetInt64(3), row.GetInt32(5), row.GetInt32(6), row.GetInt64(3),
                row.IsDBNull(8) ? [] : row.GetString(8).Split(',')),
            where.Parameters);
    }

    /// <summary>The spans of a trace, in the order of their starts.</summary>
    public IReadOnlyList<SpanDetails> Trace(string traceId, int limit) =>
        Read($"trace_id = $1 order by start limit {limit}", Convert.FromHexString(traceId));

    /// <summary>How many spans a trace has.</summary>
    public int Count(string traceId) =>
        database.Read("select count(*) from spans where trace_id = $1", row => row.GetInt32(0), Convert.FromHexString(traceId)).Sum();

    /// <summary>Single spans, the newest first; the id to read on from is the last one's position.</summary>
    public IReadOnlyList<SpanDetails> Spans(TelemetryFilter filter)
    {
        var where = new Conditions()
            .Add(!filter.Noise, "trace_id not in (select trace_id from traces where noise = 1 and failures = 0)")
            .Add(filter.Failed, "failed = 1")
            .Add(filter.Longer > 0, "duration >= ?", filter.Longer * NanosecondsPerMillisecond)
            .Add(filter.Source is not null, "s.name = ?", filter.Source)
            .Add(filter.Text is not null, "(spans.name like '%' || ? || '%' or instr(body, ?) > 0)", filter.Text, Bytes(filter.Text))
            .Add(filter.From is not null, "start >= ?", Nanoseconds(filter.From))
            .Add(filter.To is not null, "start <= ?", Nanoseconds(filter.To))
            .Add(filter.Before > 0, "start < ?", filter.Before)
            .AddAttributes(filter.Attributes, TelemetryDatabase.SpanHas);
        return Read($"{where} order by spans.id desc limit {filter.Limit}", [.. where.Parameters]);
    }

    private IReadOnlyList<SpanDetails> Read(string rest, params IReadOnlyList<object> parameters) => database.Read(
        $"select s.name, s.instance, scope, body from spans join sources s on s.id = source_id where {rest}",
        row => Details(row.GetString(0), row.GetString(1), row.GetString(2), Span.Parser.ParseFrom((byte[])row[3])),
        parameters);

    private static SpanDetails Details(string source, string instance, string scope, Span span) => new(
        Hex(span.TraceId.ToByteArray()), Hex(span.SpanId.ToByteArray()), span.ParentSpanId.IsEmpty ? null : Hex(span.ParentSpanId.ToByteArray()),
        source, instance, scope, span.Name, KindOf(span.Kind), (long)span.StartTimeUnixNano, (long)(span.EndTimeUnixNano - span.StartTimeUnixNano),
        span.Status?.Code == StatusCode.Error, span.Status?.Message is { Length: > 0 } message ? message : null, span.Attributes.Texts(),
        [.. span.Events.Select(e => new SpanMoment(e.Name, (long)e.TimeUnixNano, e.Attributes.Texts()))],
        [.. span.Links.Select(link => new SpanReference(Hex(link.TraceId.ToByteArray()), Hex(link.SpanId.ToByteArray())))]);

    private static string KindOf(SpanKind kind) => kind switch
    {
        SpanKind.Server => "server",
        SpanKind.Client => "client",
        SpanKind.Producer => "producer",
        SpanKind.Consumer => "consumer",
        _ => "internal",
    };

    // The inner statement's parameters follow the outer's.
    private static string Renumbered(Conditions inner, Conditions outer) =>
        System.Text.RegularExpressions.Regex.Replace(inner.ToString(), @"\$(\d+)", match => $"${int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) + outer.Parameters.Count}");

    private static byte[] Bytes(string? text) => Encoding.UTF8.GetBytes(text ?? "");

    private static long Nanoseconds(DateTimeOffset? time) => Retention.Nanoseconds(time ?? default);

    private static string Hex(byte[] id) => Convert.ToHexStringLower(id);
}
