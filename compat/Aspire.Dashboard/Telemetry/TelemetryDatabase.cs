using Expo.Dashboard.Otlp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Expo.Dashboard.Telemetry;

/// <summary>How much is kept, and where.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The database file; what is in it survives a restart.</summary>
    public required string File { get; init; }

    /// <summary>Spans, logs and points: so many of each, then the oldest go.</summary>
    public int Cap { get; init; } = 100_000;

    /// <summary>The file grows to about so many bytes, whatever the rows' sizes.</summary>
    public long MaxBytes { get; init; } = 1_000_000_000;

    /// <summary>Nothing is kept longer.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>Telemetry in one SQLite file: one writer, any number of readers.</summary>
internal sealed partial class TelemetryDatabase
{
    /// <summary>SQL function: whether a stored span has an attribute with a value.</summary>
    public const string SpanHas = "span_has";

    /// <summary>SQL function: whether a stored log record has an attribute with a value.</summary>
    public const string LogHas = "log_has";

    private const int Version = 2;
    private const int Damaged = 11, NoDatabase = 26;
    private const long LargestLog = 64 * 1024 * 1024;

    private const string Settings = """
        pragma synchronous = normal; pragma cache_size = -8000; pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 33554432;
        """;

    private const string Schema = """
        pragma journal_mode = wal;
        create table if not exists sources (id integer primary key, name text not null, instance text not null, unique (name, instance));
        create table if not exists spans (
            id integer primary key, trace_id blob not null, span_id blob not null, parent_id blob not null, source_id integer not null, scope text not null,
            name text not null, kind integer not null, start integer not null, duration integer not null, failed integer not null, body blob not null);
        create index if not exists spans_of_trace on spans (trace_id);
        create table if not exists traces (
            trace_id blob primary key, id integer not null, start integer not null, stop integer not null, spans integer not null, failures integer not null,
            noise integer not null, root_name text, root_source integer) without rowid;
        create index if not exists traces_by_start on traces (start);
        create index if not exists noise_traces on traces (start) where noise = 1 and failures = 0;
        create table if not exists logs (
            id integer primary key, source_id integer not null, time integer not null, severity integer not null, trace_id blob not null, span_id blob not null,
            scope text not null, message text not null, body blob not null);
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

    private readonly Lock gate = new();
    private readonly string file;
    private readonly string connectionString;
    private readonly ILogger logger;
    private volatile string? damage;

    /// <summary>Opens it; a file that is damaged, or of another version, is moved aside.</summary>
    public TelemetryDatabase(TelemetryOptions options, ILogger logger)
    {
        (file, this.logger) = (options.File, logger);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ConnectionString;
        try
        {
            Prepare();
        }
        catch (SqliteException e)
        {
            BeginAnew(e.Message);
        }
    }

    /// <summary>Tells the writer that a reader found the file broken.</summary>
    public void ThrowIfDamaged()
    {
        if (damage is { } why)
        {
            throw new SqliteException(why, Damaged);
        }
    }

    /// <summary>Whether the file itself is broken.</summary>
    public static bool IsDamage(Exception failure) => failure is SqliteException { SqliteErrorCode: Damaged or NoDatabase };

    /// <summary>A connection; telemetry may lose its last second when the machine stops, never its order.</summary>
    public SqliteConnection Open()
    {
        lock (gate)
        {
            var connection = new SqliteConnection(connectionString);
            try
            {
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = Settings;
                command.ExecuteNonQuery();
                connection.CreateFunction(SpanHas, (byte[] body, string name, string value) => Span.Parser.ParseFrom(body).Attributes.Find(name) == value);
                connection.CreateFunction(LogHas, (byte[] body, string name, string value) => LogRecord.Parser.ParseFrom(body).Attributes.Find(name) == value);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    /// <summary>Moves the file aside, in the place of the one that was moved there before, and begins with an empty one.</summary>
    public void BeginAnew(string why)
    {
        lock (gate)
        {
            using (var connection = new SqliteConnection(connectionString))
            {
                SqliteConnection.ClearPool(connection);
            }

            foreach (var end in (string[])["", "-wal", "-shm"])
            {
                if (File.Exists(file + end))
                {
                    File.Move(file + end, $"{file}.damaged{end}", overwrite: true);
                }
            }

            Moved(logger, file, why, $"{file}.damaged");
            damage = null;
            Prepare();
        }
    }

    /// <summary>What was written goes into the file now and then; when readers kept it from doing so for long, they are waited for.</summary>
    public void LimitLog(SqliteConnection connection)
    {
        if (new FileInfo($"{file}-wal") is not { Exists: true, Length: > LargestLog })
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        command.ExecuteNonQuery();
    }

    private void Prepare()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from sqlite_schema";
        var isNew = (long)command.ExecuteScalar()! == 0;
        command.CommandText = "pragma user_version";
        var version = (long)command.ExecuteScalar()!;
        if (!isNew && version != Version)
        {
            throw new SqliteException($"It is of version {version}, this is {Version}.", NoDatabase);
        }

        command.CommandText = $"{Schema} pragma user_version = {Version};";
        command.ExecuteNonQuery();
    }

    /// <summary>Reads rows; parameters are named <c>$1</c>, <c>$2</c>, … in order. Of a damaged file there are none, and it is soon another.</summary>
    public IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params IReadOnlyList<object> parameters)
    {
        try
        {
            return ReadAll(sql, read, parameters);
        }
        catch (SqliteException e) when (IsDamage(e))
        {
            damage = e.Message;
            return [];
        }
    }

    private List<T> ReadAll<T>(string sql, Func<SqliteDataReader, T> read, IReadOnlyList<object> parameters)
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The telemetry in {File} cannot be read ({Why}): it was moved to {Aside}, and the dashboard begins anew")]
    private static partial void Moved(ILogger logger, string file, string why, string aside);
}
