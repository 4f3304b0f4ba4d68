using System.Text;
using Expo.Dashboard.Otlp;

namespace Expo.Dashboard.Telemetry;

/// <summary>A log record; time in nanoseconds, severity as OTLP numbers it.</summary>
internal sealed record LogDetails(
    long Position, string Source, string Instance, string Scope, long Time, int Severity, string Message, string? TraceId, string? SpanId,
    IReadOnlyDictionary<string, string> Attributes);

/// <summary>Reads log records.</summary>
internal sealed class LogQueries(TelemetryDatabase database)
{
    private const int Warning = 13;

    /// <summary>Log records, the newest first.</summary>
    public IReadOnlyList<LogDetails> List(TelemetryFilter filter)
    {
        var where = new Conditions()
            .Add(filter.Failed || filter.Severity > 0, "severity >= ?", Math.Max(filter.Severity, filter.Failed ? Warning : 0))
            .Add(filter.Source is not null, "s.name = ?", filter.Source)
            .Add(filter.Text is not null, "(message like '%' || ? || '%' or instr(body, ?) > 0)", filter.Text, Encoding.UTF8.GetBytes(filter.Text ?? ""))
            .Add(filter.From is not null, "time >= ?", Retention.Nanoseconds(filter.From ?? default))
            .Add(filter.To is not null, "time <= ?", Retention.Nanoseconds(filter.To ?? default))
            .Add(filter.Before > 0, "logs.id < ?", filter.Before)
            .AddAttributes(filter.Attributes, TelemetryDatabase.LogHas);
        return Read($"{where} order by logs.id desc limit {filter.Limit}", [.. where.Parameters]);
    }

    /// <summary>What was logged within a trace, in order.</summary>
    public IReadOnlyList<LogDetails> OfTrace(string traceId, int limit) => Read($"trace_id = $1 order by time limit {limit}", Convert.FromHexString(traceId));

    private IReadOnlyList<LogDetails> Read(string rest, params IReadOnlyList<object> parameters) => database.Read(
        $"select logs.id, s.name, s.instance, scope, time, severity, message, body from logs join sources s on s.id = source_id where {rest}",
        row =>
        {
            var log = LogRecord.Parser.ParseFrom((byte[])row[7]);
            return new LogDetails(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt32(5), row.GetString(6),
                log.TraceId.IsEmpty ? null : Convert.ToHexStringLower(log.TraceId.Span), log.SpanId.IsEmpty ? null : Convert.ToHexStringLower(log.SpanId.Span),
                log.Attributes.Texts());
        },
        parameters);
}
