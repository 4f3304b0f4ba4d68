using Microsoft.Data.Sqlite;

namespace Expo.Dashboard.Telemetry;

/// <summary>Keeps the newest rows of each kind, and nothing older than may be kept.</summary>
internal sealed class Retention(TelemetryOptions options, TimeProvider clock)
{
    private const int Slack = 20; // a twentieth over the cap is allowed, so that most commits delete nothing
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);
    private int sinceLast;

    /// <summary>Deletes what is too much, once enough rows have come.</summary>
    public void Apply(SqliteConnection connection, SqliteTransaction transaction, int rows)
    {
        sinceLast += rows;
        if (sinceLast < options.Cap / Slack)
        {
            return;
        }

        sinceLast = 0;
        var now = clock.GetUtcNow();
        var oldest = Nanoseconds(now - options.Retention);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        // Noise is of interest while it is fresh; it must not push out what people did.
        // Points are running totals: of those that are no longer fresh the last of each minute is enough, and later of each ten.
        command.CommandText = """
            delete from spans where noise = 1 and start < $fresh;
            delete from traces where noise = 1 and start < $fresh;
            delete from spans where id in (select id from spans order by id limit max(0, (select count(*) from spans) - $cap))
                or id in (select id from spans order by id limit 1000) and start < $oldest;
            delete from traces where id < (select min(id) from spans);
            delete from logs where id <= (select max(id) from logs) - $cap or id in (select id from logs order by id limit 1000) and time < $oldest;
            delete from points where id in (
                select id from (
                    select id, row_number() over (partition by series_id, time / case when time < $old then 600000000000 else 60000000000 end order by time desc) as nth
                    from points where time < $fresh)
                where nth > 1);
            delete from points where id in (select id from points order by id limit max(0, (select count(*) from points) - $cap)) or time < $oldest;
            """;
        command.Parameters.AddWithValue("$cap", options.Cap);
        command.Parameters.AddWithValue("$oldest", oldest);
        command.Parameters.AddWithValue("$fresh", Nanoseconds(now - Fresh));
        command.Parameters.AddWithValue("$old", Nanoseconds(now - Recent));
        command.ExecuteNonQuery();
    }

    /// <summary>Nanoseconds since 1970, as OTLP counts.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
