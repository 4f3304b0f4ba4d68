using Expo.Dashboard.Telemetry;

namespace Expo.Dashboard.Otlp;

/// <summary>Reads measurements; there are so few of these that making objects of them costs nothing.</summary>
internal static class PointReading
{
    private const int Cumulative = 2;

    /// <summary>Reads an ExportMetricsServiceRequest.</summary>
    public static void Read(ReadOnlyMemory<byte> request, Found<PointRow> found)
    {
        foreach (var sent in MetricsRequest.Parser.ParseFrom(request.Span).ResourceMetrics)
        {
            var source = new Source(sent.Resource?.Attributes.Find("service.name") ?? OtlpReading.Unknown, sent.Resource?.Attributes.Find("service.instance.id") ?? "");
            foreach (var scope in sent.ScopeMetrics)
            {
                foreach (var metric in scope.Metrics)
                {
                    Read(found, metric, new Instrument(source, scope.Scope?.Name ?? "", metric.Name, metric.Description, metric.Unit, KindOf(metric)));
                }
            }
        }
    }

    private static void Read(Found<PointRow> found, Metric metric, Instrument instrument)
    {
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                Numbers(found, metric.Gauge.DataPoints, instrument);
                break;
            // Differences would have to be added up, and one that is lost falsifies the rest: .NET sends running totals.
            case Metric.DataOneofCase.Sum when metric.Sum.AggregationTemporality == Cumulative:
                Numbers(found, metric.Sum.DataPoints, instrument);
                break;
            case Metric.DataOneofCase.Histogram when metric.Histogram.AggregationTemporality == Cumulative:
                foreach (var point in metric.Histogram.DataPoints)
                {
                    var why = IsSound(point) ? null : "a histogram's numbers do not fit together";
                    found.Add(
                        new(instrument, SeriesOf(point.Attributes), Wire.Time(point.TimeUnixNano), point.Sum, (long)point.Count, Google.Protobuf.MessageExtensions.ToByteArray(point)),
                        why, Wire.Time(point.TimeUnixNano), Wire.Time(point.TimeUnixNano), default);
                }

                break;
            default:
                found.Refuse("only gauges, and sums and histograms in running totals (cumulative) are kept");
                break;
        }
    }

    private static void Numbers(Found<PointRow> found, IEnumerable<NumberDataPoint> points, Instrument instrument)
    {
        foreach (var point in points)
        {
            var value = point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble;
            found.Add(
                new(instrument, SeriesOf(point.Attributes), Wire.Time(point.TimeUnixNano), value, 0, default),
                double.IsFinite(value) ? null : "a value is not a number", Wire.Time(point.TimeUnixNano), Wire.Time(point.TimeUnixNano), default);
        }
    }

    private static bool IsSound(HistogramDataPoint point) =>
        double.IsFinite(point.Sum) && point.ExplicitBounds.All(double.IsFinite) && point.ExplicitBounds.Zip(point.ExplicitBounds.Skip(1)).All(pair => pair.First < pair.Second)
        && (point.BucketCounts.Count == point.ExplicitBounds.Count + 1 || point.BucketCounts.Count == 0) && point.BucketCounts.All(count => count <= long.MaxValue);

    private static InstrumentKind KindOf(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Histogram => InstrumentKind.Histogram,
        Metric.DataOneofCase.Sum when metric.Sum.IsMonotonic => InstrumentKind.Counter,
        _ => InstrumentKind.Gauge,
    };

    private static string SeriesOf(Google.Protobuf.Collections.RepeatedField<KeyValue> attributes) =>
        string.Join(", ", attributes.Texts().Select(pair => $"{pair.Key}={pair.Value}"));
}
