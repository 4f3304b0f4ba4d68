using Expo.Dashboard.Otlp;

namespace Expo.Dashboard.Telemetry;

/// <summary>An instrument that has sent something.</summary>
internal sealed record InstrumentSummary(long Id, string Source, string Meter, string Name, string Description, string Unit, InstrumentKind Kind);

/// <summary>One line of a chart.</summary>
/// <param name="Dimensions">Its dimensions, <c>name=value</c>; of a histogram followed by the percentile.</param>
/// <param name="Times">Seconds since 1970.</param>
/// <param name="Values">A gauge's values, a counter's increase per second, or a histogram's percentile in the instrument's unit; a hole where nothing was measured.</param>
internal sealed record ChartLine(string Dimensions, IReadOnlyList<double> Times, IReadOnlyList<double?> Values);

/// <summary>Reads instruments and what they measured.</summary>
internal sealed class MetricQueries(TelemetryDatabase database)
{
    private const double Nano = 1e9;
    private static readonly (string Name, double Share)[] Percentiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)];

    /// <summary>Every instrument, by source and name.</summary>
    public IReadOnlyList<InstrumentSummary> Instruments() => database.Read(
        """
        select i.id, s.name, i.meter, i.name, i.description, i.unit, i.kind from instruments i join sources s on s.id = i.source_id
        where i.id in (select max(id) from instruments group by (select name from sources where id = source_id), meter, name) order by s.name, i.meter, i.name
        """,
        row => new InstrumentSummary(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), (InstrumentKind)row.GetInt32(6)));

    /// <summary>What an instrument measured in a time, one line per series (and percentile).</summary>
    public IReadOnlyList<ChartLine> Chart(long instrumentId, DateTimeOffset from, DateTimeOffset to)
    {
        if (Instruments().FirstOrDefault(i => i.Id == instrumentId) is not { } instrument)
        {
            return [];
        }

        // Instances of a service that came and went are one instrument to a reader.
        var points = database.Read(
            """
            select series.dimensions || case when s.instance = '' then '' else ' @' || substr(s.instance, 1, 8) end, p.time, p.value, p.count, p.body
            from points p join series on series.id = p.series_id join instruments i on i.id = series.instrument_id join sources s on s.id = i.source_id
            where s.name = $1 and i.meter = $2 and i.name = $3 and p.time between $4 and $5 order by p.time
            """,
            row => (Dimensions: row.GetString(0), Time: row.GetInt64(1), Value: row.GetDouble(2), Count: row.GetInt64(3), Body: (byte[])row[4]),
            instrument.Source, instrument.Meter, instrument.Name, Retention.Nanoseconds(from), Retention.Nanoseconds(to));
        return points.GroupBy(point => point.Dimensions).SelectMany(series => instrument.Kind switch
        {
            InstrumentKind.Gauge => [new ChartLine(series.Key, [.. series.Select(p => p.Time / Nano)], [.. series.Select(p => (double?)p.Value)])],
            InstrumentKind.Counter => [Rate(series.Key, [.. series.Select(p => (p.Time, p.Value))])],
            _ => Distribution(series.Key, [.. series.Select(p => (p.Time, HistogramDataPoint.Parser.ParseFrom(p.Body)))]),
        }).ToArray();
    }

    private static ChartLine Rate(string dimensions, (long Time, double Value)[] points)
    {
        var steps = points.Zip(points.Skip(1)).Where(step => step.Second.Time > step.First.Time).ToArray();
        return new(
            dimensions,
            [.. steps.Select(step => step.Second.Time / Nano)],
            // A total that fell has begun anew: what it is now is what was added.
            [.. steps.Select(step => (double?)((step.Second.Value >= step.First.Value ? step.Second.Value - step.First.Value : step.Second.Value)
                / ((step.Second.Time - step.First.Time) / Nano)))]);
    }

    private static IEnumerable<ChartLine> Distribution(string dimensions, (long Time, HistogramDataPoint Total)[] points)
    {
        var steps = points.Zip(points.Skip(1))
            .Select(step => (Time: step.Second.Time / Nano, Step: Added(step.First.Total, step.Second.Total), step.Second.Total.ExplicitBounds)).ToArray();
        return Percentiles.Select(percentile => new ChartLine(
            $"{dimensions} {percentile.Name}".Trim(), [.. steps.Select(step => step.Time)],
            [.. steps.Select(step => Percentile(step.Step, step.ExplicitBounds, percentile.Share))]));
    }

    private static long[] Added(HistogramDataPoint before, HistogramDataPoint after) =>
        before.Count <= after.Count && before.BucketCounts.Count == after.BucketCounts.Count
            ? [.. after.BucketCounts.Zip(before.BucketCounts).Select(pair => (long)pair.First - (long)pair.Second)]
            : [.. after.BucketCounts.Select(count => (long)count)];

    /// <summary>Linear within a bucket, as Prometheus does it (histogram_quantile); the last bucket has no end, so its beginning is given.</summary>
    private static double? Percentile(long[] buckets, Google.Protobuf.Collections.RepeatedField<double> bounds, double share)
    {
        var total = buckets.Sum();
        if (total == 0 || bounds.Count == 0)
        {
            return null;
        }

        var (rank, below) = (share * total, 0L);
        for (var i = 0; i < buckets.Length; below += buckets[i], i++)
        {
            if (below + buckets[i] >= rank && buckets[i] > 0)
            {
                var start = i == 0 ? 0 : bounds[i - 1];
                return i == bounds.Count ? start : start + ((bounds[i] - start) * (rank - below) / buckets[i]);
            }
        }

        return bounds[^1];
    }
}
