using Expo.Dashboard.Telemetry;
using Google.Protobuf;

namespace Expo.Dashboard.Otlp;

/// <summary>Turns what arrives over OTLP into rows.</summary>
internal static class OtlpReading
{
    private const int Cumulative = 2;

    public static IEnumerable<SpanRow> Rows(this TraceRequest request) =>
        from sent in request.ResourceSpans
        let source = SourceOf(sent.Resource)
        from scope in sent.ScopeSpans
        from span in scope.Spans
        where span.TraceId.Length == 16 && span.SpanId.Length == 8
        select new SpanRow(
            source, span.TraceId.ToByteArray(), span.SpanId.ToByteArray(), span.ParentSpanId.ToByteArray(), scope.Scope?.Name ?? "", span.Name,
            (int)span.Kind, (long)span.StartTimeUnixNano, Math.Max(0, (long)span.EndTimeUnixNano - (long)span.StartTimeUnixNano),
            span.Status?.Code == StatusCode.Error, IsNoise(span), span.ToByteArray());

    public static IEnumerable<LogRow> Rows(this LogsRequest request) =>
        from sent in request.ResourceLogs
        let source = SourceOf(sent.Resource)
        from scope in sent.ScopeLogs
        from log in scope.LogRecords
        select new LogRow(
            source, log.TraceId.ToByteArray(), log.SpanId.ToByteArray(), scope.Scope?.Name ?? "",
            (long)(log.TimeUnixNano > 0 ? log.TimeUnixNano : log.ObservedTimeUnixNano), log.SeverityNumber, log.Body.Text(), log.ToByteArray());

    public static IEnumerable<PointRow> Rows(this MetricsRequest request) =>
        from sent in request.ResourceMetrics
        let source = SourceOf(sent.Resource)
        from scope in sent.ScopeMetrics
        from metric in scope.Metrics
        from point in Points(metric, new Instrument(source, scope.Scope?.Name ?? "", metric.Name, metric.Description, metric.Unit, KindOf(metric)))
        select point;

    private static IEnumerable<PointRow> Points(Metric metric, Instrument instrument) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(point => Number(point, instrument)),
        // Differences would have to be added up, and one that is lost falsifies the rest: .NET sends running totals.
        Metric.DataOneofCase.Sum when metric.Sum.AggregationTemporality == Cumulative => metric.Sum.DataPoints.Select(point => Number(point, instrument)),
        Metric.DataOneofCase.Histogram when metric.Histogram.AggregationTemporality == Cumulative => metric.Histogram.DataPoints.Select(point => new PointRow(
            instrument, SeriesOf(point.Attributes), (long)point.TimeUnixNano, point.Sum, (long)point.Count, point.ToByteArray())),
        _ => [],
    };

    private static PointRow Number(NumberDataPoint point, Instrument instrument) => new(
        instrument, SeriesOf(point.Attributes), (long)point.TimeUnixNano,
        point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble, 0, []);

    private static InstrumentKind KindOf(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Histogram => InstrumentKind.Histogram,
        Metric.DataOneofCase.Sum when metric.Sum.IsMonotonic => InstrumentKind.Counter,
        _ => InstrumentKind.Gauge,
    };

    private static string SeriesOf(Google.Protobuf.Collections.RepeatedField<KeyValue> attributes) =>
        string.Join(", ", attributes.Texts().Select(pair => $"{pair.Key}={pair.Value}"));

    private static Source SourceOf(Resource? resource) =>
        new(resource?.Attributes.Find("service.name") ?? "unknown", resource?.Attributes.Find("service.instance.id") ?? "");

    private static bool IsNoise(Span span) => span.Status?.Code != StatusCode.Error && (IsHealthCheck(span) || IsPoll(span));

    // A query that nobody's request asked for: a timer or a subscription looks whether there is something to do, all day.
    private static bool IsPoll(Span span) =>
        span.ParentSpanId.IsEmpty && span.Kind == SpanKind.Client && (span.Attributes.Find("db.system.name") ?? span.Attributes.Find("db.system")) is not null;

    private static bool IsHealthCheck(Span span) =>
        (span.Attributes.Find("url.path") ?? span.Attributes.Find("http.route") ?? span.Attributes.Find("url.full")) is { } path
        && (path.EndsWith("/health", StringComparison.Ordinal) || path.EndsWith("/alive", StringComparison.Ordinal));
}
