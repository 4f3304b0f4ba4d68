using Expo.Dashboard.Otlp;
using Microsoft.Data.Sqlite;

namespace Expo.Dashboard.Telemetry;

/// <summary>How much is kept, and where.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The database file; what is in it survives a restart.</summary>
    public required string File { get; init; }

    /// <summary>Spans, logs and points: so many of each, then the oldest go.</summary>
    public int Cap { get; init; } = 100_000;

    /// <summary>Nothing is kept longer.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>Telemetry in one SQLite file: one writer, any number of readers.</summary>
internal sealed class TelemetryDatabase
{
    /// <summary>SQL function: whether a stored span has an attribute with a value.</summary>
    public const string SpanHas = "span_has";

    /// <summary>SQL function: whether a stored log record has an attribute with a value.</summary>
    public const string LogHas = "log_has";

    private const string Schema = """
        pragma journal_mode = wal;
        create table if not exists sources (id integer primary key, name text not null, instance text not null, unique (name, instance));
        create table if not exists spans (
            id integer primary key, trace_id blob not null, span_id blob not null, parent_id blob not null, source_id integer not null, scope text not null,
            name text not null, kind integer not null, start integer not null, duration integer not null, failed integer not null, noise integer not null, body blob not null);
        create index if not exists spans_of_trace on spans (trace_id);
        create table if not exists traces (
            trace_id blob primary key, id integer not null, start integer not null, stop integer not null, spans integer not null, failures integer not null,
            noise integer not null, root_name text, root_source integer) without rowid;
        create index if not exists traces_by_start on traces (start);
        create table if not exists logs (
            id integer primary key, source_id integer not null, time integer not null, severity integer not null, trace_id blob not null, span_id blob not null,
            scope text not null, message text not null, body blob not null);
        create index if not exists noise_spans on spans (start) where noise = 1;
        create index if not exists failed_spans on spans (start) where failed = 1;
        create index if not exists error_logs on logs (time) where severity >= 17;
        create index if not exists logs_of_trace on logs (trace_id) where trace_id <> x'';
        create table if not exists instruments (
            id integer primary key, source_id integer not null, meter text not null, name text not null, description text not null, unit text not null, kind integer not null,
            unique (source_id, meter, name));
        create table if not exists series (id integer primary key, instrument_id integer not null, dimensions text not null, unique (instrument_id, dimensions));
        create table if not exists points (
            id integer primary key, series_id integer not null, time integer not null, value real not null, count integer not null, body blob not null);
        create index if not exists points_of_series on points (series_id, time);
        """;

    private readonly string connectionString;

    public TelemetryDatabase(TelemetryOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.File)!);
        connectionString = new SqliteConnectionStringBuilder { DataSource = options.File, DefaultTimeout = 30 }.ConnectionString;
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = Schema;
        command.ExecuteNonQuery();
    }

    /// <summary>A connection; telemetry may lose its last second when the machine stops, never its order.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous = normal; pragma cache_size = -8000";
        command.ExecuteNonQuery();
        connection.CreateFunction(SpanHas, (byte[] body, string name, string value) => Span.Parser.ParseFrom(body).Attributes.Find(name) == value);
        connection.CreateFunction(LogHas, (byte[] body, string name, string value) => LogRecord.Parser.ParseFrom(body).Attributes.Find(name) == value);
        return connection;
    }

    /// <summary>Reads rows; parameters are named <c>$1</c>, <c>$2</c>, … in order.</summary>
    public IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params IReadOnlyList<object> parameters)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Count; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", parameters[i]);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
