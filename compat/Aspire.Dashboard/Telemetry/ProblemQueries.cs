namespace Expo.Dashboard.Telemetry;

/// <summary>What went wrong at a service in a time: error logs, failed spans, and of the requests that began there, how many failed.</summary>
internal sealed record Problems(string Source, int ErrorLogs, int FailedSpans, int Traces, int FailedTraces);

/// <summary>Counts what went wrong, for the badges.</summary>
internal sealed class ProblemQueries(TelemetryDatabase database)
{
    private const string Counts = """
        select name, sum(logs), sum(spans), sum(traces), sum(failed) from (
            select s.name, count(*) as logs, 0 as spans, 0 as traces, 0 as failed from logs join sources s on s.id = source_id
            where severity >= 17 and time >= $1 group by s.name
            union all
            select s.name, 0, count(*), 0, 0 from spans join sources s on s.id = source_id
            where failed = 1 and start >= $1 group by s.name
            union all
            select s.name, 0, 0, count(*), sum(failures > 0) from traces join sources s on s.id = root_source
            where start >= $1 and (noise = 0 or failures > 0) group by s.name)
        group by name order by name
        """;

    /// <summary>By service, since a time.</summary>
    public IReadOnlyList<Problems> Since(DateTimeOffset from) => database.Read(
        Counts, row => new Problems(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)), Retention.Nanoseconds(from));

    /// <summary>Every service that has sent something.</summary>
    public IReadOnlyList<string> Sources() => database.Read("select distinct name from sources order by name", row => row.GetString(0));
}
