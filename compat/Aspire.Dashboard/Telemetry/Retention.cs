using Microsoft.Data.Sqlite;

namespace Expo.Dashboard.Telemetry;

/// <summary>Keeps the newest rows of each kind, and nothing older than may be kept.</summary>
internal sealed class Retention(TelemetryOptions options, TimeProvider clock)
{
    private const int Slack = 20; // a twentieth over the cap is allowed, so that most commits delete nothing
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private const int Fifth = 5;
    private const int MostRounds = 20;
    private const string Used = "select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size";

    // Logs are deleted from the oldest on only, so their numbers tell how many there are; of others an index does.
    private static readonly (TelemetryKind Kind, string Count, string Trim)[] Trims =
    [
        (TelemetryKind.Spans, "select count(*) from spans", """
            delete from spans where id in (select id from spans order by id limit $surplus)
                or id in (select id from spans order by id limit 1000) and start < $oldest;
            delete from traces where id < (select min(id) from spans) or not exists (select 1 from spans);
            """),
        (TelemetryKind.Logs, "select coalesce(max(id) - min(id) + 1, 0) from logs", """
            delete from logs where id in (select id from logs order by id limit $surplus)
                or id in (select id from logs order by id limit 1000) and time < $oldest;
            """),
        (TelemetryKind.Points, "select count(*) from points", """
            delete from points where id in (select id from points order by id limit $surplus)
                or id in (select id from points order by id limit 1000) and time < $oldest;
            """),
    ];

    // Noise is of interest while it is fresh; it must not push out what people did.
    // Points are running totals: of those that are no longer fresh the last of each minute is enough, and later of each ten.
    // Then goes what holds no rows any more.
    private const string Thin = """
        delete from spans where trace_id in (select trace_id from traces where noise = 1 and failures = 0 and start < $fresh);
        delete from traces where noise = 1 and failures = 0 and start < $fresh;
        delete from points where id in (
            select id from (
                select id, row_number() over (partition by series_id, time / case when time < $old then 600000000000 else 60000000000 end order by time desc) as nth
                from points where time < $fresh)
            where nth > 1);
        delete from series where id not in (select series_id from points);
        delete from instruments where id not in (select instrument_id from series);
        delete from sources where id not in (select source_id from spans union select source_id from logs union select source_id from instruments);
        """;

    private readonly int[] since = new int[Trims.Length];
    private long thinned;

    /// <summary>Deletes what is too much, once enough rows have come; true when sources or series may be gone.</summary>
    public bool Apply(SqliteConnection connection, SqliteTransaction transaction, ReadOnlySpan<int> rows)
    {
        for (var kind = 0; kind < rows.Length; kind++)
        {
            since[kind] += rows[kind];
        }

        foreach (var (kind, count, trim) in Trims)
        {
            if (since[(int)kind] >= Math.Max(1, options.Cap / Slack))
            {
                since[(int)kind] = 0;
                Run(connection, transaction, trim, Math.Max(0, Ask(connection, transaction, count) - options.Cap));
            }
        }

        for (var rounds = 0; rounds < MostRounds && Ask(connection, transaction, Used) > options.MaxBytes; rounds++)
        {
            foreach (var (_, count, trim) in Trims)
            {
                Run(connection, transaction, trim, (Ask(connection, transaction, count) / Fifth) + 1);
            }
        }

        if (thinned > 0 && clock.GetElapsedTime(thinned) < Pace)
        {
            return false;
        }

        thinned = clock.GetTimestamp();
        Run(connection, transaction, Thin, surplus: 0);
        return true;
    }

    /// <summary>Nanoseconds since 1970, as OTLP counts.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static long Ask(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        return (long)command.ExecuteScalar()!;
    }

    private void Run(SqliteConnection connection, SqliteTransaction transaction, string sql, long surplus)
    {
        var now = clock.GetUtcNow();
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        command.Parameters.AddWithValue("$surplus", surplus);
        command.Parameters.AddWithValue("$oldest", Nanoseconds(now - options.Retention));
        command.Parameters.AddWithValue("$fresh", Nanoseconds(now - Fresh));
        command.Parameters.AddWithValue("$old", Nanoseconds(now - Recent));
        command.ExecuteNonQuery();
    }
}
