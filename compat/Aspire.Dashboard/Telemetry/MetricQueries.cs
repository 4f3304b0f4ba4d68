using Expo.Dashboard.Otlp;

namespace Expo.Dashboard.Telemetry;

/// <summary>An instrument that has sent something.</summary>
internal sealed record InstrumentSummary(long Id, string Source, string Meter, string Name, string Description, string Unit, InstrumentKind Kind);

/// <summary>What an instrument measured: its dimensions with every value that came, and the lines that were asked for.</summary>
internal sealed record Chart(IReadOnlyDictionary<string, IReadOnlyList<string>> Dimensions, IReadOnlyList<ChartLine> Lines);

/// <summary>One line of a chart.</summary>
/// <param name="Labels">The dimensions that it stands for, and its instance.</param>
/// <param name="Percentile">Of a histogram, which one.</param>
/// <param name="Times">Seconds since 1970.</param>
/// <param name="Values">A gauge's values, a counter's increase per second, or a histogram's percentile in the instrument's unit; a hole where nothing was measured.</param>
internal sealed record ChartLine(IReadOnlyDictionary<string, string> Labels, string? Percentile, IReadOnlyList<double> Times, IReadOnlyList<double?> Values);

/// <summary>Reads instruments and what they measured.</summary>
internal sealed class MetricQueries(TelemetryDatabase database)
{
    private const double Nano = 1e9;
    private const double UsualInterval = 10;
    private const int ShownOfInstance = 8;
    private static readonly (string Name, double Share)[] Percentiles = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)];

    /// <summary>Every instrument, by source and name.</summary>
    public IReadOnlyList<InstrumentSummary> Instruments() => database.Read(
        """
        select i.id, s.name, i.meter, i.name, i.description, i.unit, i.kind from instruments i join sources s on s.id = i.source_id
        where i.id in (select max(id) from instruments group by (select name from sources where id = source_id), meter, name) order by s.name, i.meter, i.name
        """,
        row => new InstrumentSummary(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), (InstrumentKind)row.GetInt32(6)));

    /// <summary>What an instrument measured in a time.</summary>
    /// <param name="instrumentId">Which one.</param>
    /// <param name="from">Not before.</param>
    /// <param name="to">Not after.</param>
    /// <param name="by">The dimensions that get a line for each value; what differs only in others is one line. A gauge's values cannot be put together.</param>
    /// <param name="wanted">Only series with these values.</param>
    public Chart Chart(long instrumentId, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<string> by, IReadOnlyDictionary<string, string> wanted)
    {
        if (Instruments().FirstOrDefault(i => i.Id == instrumentId) is not { } instrument)
        {
            return new(new Dictionary<string, IReadOnlyList<string>>(), []);
        }

        var known = KnownSince(instrument.Source);
        var all = Points(instrument, from, to).GroupBy(point => (point.Instance, point.Dimensions)).Select(points => new Series(points.Key.Instance, Parse(points.Key.Dimensions), [.. points])).ToList();
        var dimensions = all.SelectMany(series => series.Dimensions).GroupBy(pair => pair.Key, pair => pair.Value)
            .ToDictionary(values => values.Key, values => (IReadOnlyList<string>)[.. values.Distinct().Order(StringComparer.Ordinal)]);
        var lines = all.Where(series => wanted.All(pair => series.Dimensions.GetValueOrDefault(pair.Key) == pair.Value))
            .GroupBy(series => LabelsOf(series, instrument.Kind == InstrumentKind.Gauge ? series.Dimensions.Keys : by), LabelComparer.Instance)
            .SelectMany(group => instrument.Kind switch
            {
                InstrumentKind.Gauge => [new ChartLine(group.Key, null, [.. group.SelectMany(s => s.Points).Select(p => p.Time / Nano)], [.. group.SelectMany(s => s.Points).Select(p => (double?)p.Value)])],
                InstrumentKind.Counter => [Rate(group.Key, group, known)],
                _ => Distribution(group.Key, group, known),
            });
        return new(dimensions, [.. lines]);
    }

    // Instances of a service that came and went are one instrument to a reader.
    private IReadOnlyList<Point> Points(InstrumentSummary instrument, DateTimeOffset from, DateTimeOffset to) => database.Read(
        """
        select s.instance, series.dimensions, p.time, p.value, p.body, (select max(time) from points where series_id = series.id and time < $4) is null
        from points p join series on series.id = p.series_id join instruments i on i.id = series.instrument_id join sources s on s.id = i.source_id
        where s.name = $1 and i.meter = $2 and i.name = $3 and p.time between $4 and $5 order by p.time
        """,
        row => new Point(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetDouble(3), (byte[])row[4], row.GetBoolean(5)),
        instrument.Source, instrument.Meter, instrument.Name, Retention.Nanoseconds(from), Retention.Nanoseconds(to));

    // When each instance first sent anything: a total that came later began at 0.
    private Dictionary<string, long> KnownSince(string source) => database.Read(
        """
        select s.instance, min(p.time) from points p join series on series.id = p.series_id join instruments i on i.id = series.instrument_id join sources s on s.id = i.source_id
        where s.name = $1 group by s.instance
        """,
        row => (Instance: row.GetString(0), Since: row.GetInt64(1)), source).ToDictionary(row => row.Instance, row => row.Since);

    private static ChartLine Rate(IReadOnlyDictionary<string, string> labels, IEnumerable<Series> group, Dictionary<string, long> known)
    {
        var sums = new SortedDictionary<long, double>();
        foreach (var (before, after) in group.SelectMany(series => Steps(series, known)))
        {
            var seconds = before is { } start ? (after.Time - start.Time) / Nano : UsualInterval;
            // A total that fell has begun anew: what it is now is what was added.
            var added = before is { } first && after.Value >= first.Value ? after.Value - first.Value : after.Value;
            sums[after.Time] = sums.GetValueOrDefault(after.Time) + (added / seconds);
        }

        return new(labels, null, [.. sums.Keys.Select(time => time / Nano)], [.. sums.Values.Select(value => (double?)value)]);
    }

    private static IEnumerable<ChartLine> Distribution(IReadOnlyDictionary<string, string> labels, IEnumerable<Series> group, Dictionary<string, long> known)
    {
        var sums = new SortedDictionary<long, Buckets>();
        foreach (var (before, after) in group.SelectMany(series => Steps(series, known)))
        {
            var (now, earlier) = (HistogramDataPoint.Parser.ParseFrom(after.Body), before is { } start ? HistogramDataPoint.Parser.ParseFrom(start.Body) : new());
            var added = Buckets.Between(earlier, now);
            sums[after.Time] = sums.TryGetValue(after.Time, out var others) ? others.With(added) : added;
        }

        return Percentiles.Select(percentile => new ChartLine(
            labels, percentile.Name, [.. sums.Keys.Select(time => time / Nano)], [.. sums.Values.Select(buckets => buckets.Percentile(percentile.Share))]));
    }

    // From each point to the next; the first one from nothing, if the series began while its instance was known.
    private static IEnumerable<(Point? Before, Point After)> Steps(Series series, Dictionary<string, long> known)
    {
        if (series.Points[0] is { IsFirst: true } first && known.GetValueOrDefault(series.Instance, long.MaxValue) < first.Time)
        {
            yield return (null, first);
        }

        foreach (var (before, after) in series.Points.Zip(series.Points.Skip(1)))
        {
            if (after.Time > before.Time)
            {
                yield return (before, after);
            }
        }
    }

    private static Dictionary<string, string> Parse(string dimensions) => dimensions.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0]).ToDictionary(pair => pair.Key, pair => pair.Last()[1]);

    private static SortedDictionary<string, string> LabelsOf(Series series, IEnumerable<string> by)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in by)
        {
            labels[name] = series.Dimensions.GetValueOrDefault(name) ?? "";
        }

        if (series.Instance.Length > 0)
        {
            labels["@"] = series.Instance[..Math.Min(ShownOfInstance, series.Instance.Length)];
        }

        return labels;
    }

    private sealed record Point(string Instance, string Dimensions, long Time, double Value, byte[] Body, bool IsFirst);

    private sealed record Series(string Instance, Dictionary<string, string> Dimensions, IReadOnlyList<Point> Points);

    private sealed class LabelComparer : IEqualityComparer<SortedDictionary<string, string>>
    {
        public static LabelComparer Instance { get; } = new();

        public bool Equals(SortedDictionary<string, string>? x, SortedDictionary<string, string>? y) => x is not null && y is not null && x.SequenceEqual(y);

        public int GetHashCode(SortedDictionary<string, string> obj) => obj.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
    }
}
