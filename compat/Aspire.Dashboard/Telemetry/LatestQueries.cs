namespace Expo.Dashboard.Telemetry;

/// <summary>What a series measured last, and how much a running total has grown in the time that was asked for.</summary>
internal sealed record Latest(long Instrument, string Source, string Name, string Dimensions, long Time, double Value, double Added);

/// <summary>Reads the last values, for the rules of alerts.</summary>
internal sealed class LatestQueries(TelemetryDatabase database)
{
    /// <summary>The series of these instruments that measured something since a time; a total that was not there before began at 0.</summary>
    public IReadOnlyList<Latest> Since(DateTimeOffset from, IReadOnlyList<string> names) => names.SelectMany(name => database.Read(
        """
        select i.id, s.name, i.name, series.dimensions, last.time, last.value,
            last.value - coalesce((select value from points where series_id = series.id and time < $2 order by time desc limit 1), 0)
        from instruments i join sources s on s.id = i.source_id join series on series.instrument_id = i.id
        join points last on last.id = (select id from points where series_id = series.id and time >= $2 order by time desc limit 1)
        where i.name = $1 order by s.name, series.dimensions
        """,
        row => new Latest(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetDouble(5), row.GetDouble(6)),
        name, Retention.Nanoseconds(from))).ToArray();
}
