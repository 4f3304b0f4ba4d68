using System.Globalization;
using Npgsql;

namespace Expo.NativeServers;

/// <summary>How to run one private PostgreSQL server; its cluster is <c>cluster</c> in the data directory.</summary>
public sealed record PostgresOptions(string DataDirectory, int Port, string UserName, string Password)
{
    /// <summary>More server settings, as in postgresql.conf.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

/// <summary>A private PostgreSQL server on 127.0.0.1 over native binaries; durable, always.</summary>
public sealed class PostgresServer(PostgresOptions options, Reaper reaper, Action<OutputLine>? output = null) : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);
    private readonly PostgresCluster cluster = new(options, reaper, output);

    /// <summary>The server process once started.</summary>
    public NativeProcess? Process { get; private set; }

    /// <summary>Where the cluster really is; elsewhere than asked when its user cannot reach the asked directory.</summary>
    public string ClusterDirectory => cluster.Directory;

    /// <summary>As the superuser, to the database <c>postgres</c>.</summary>
    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = options.Port,
        Username = options.UserName,
        Password = options.Password,
        Database = "postgres",
    }.ConnectionString;

    /// <summary>Makes the cluster if there is none, and checks the one there is.</summary>
    public Task PrepareAsync(CancellationToken ct = default) => cluster.PrepareAsync(ct);

    /// <summary>Prepares and starts; returns before the server is ready.</summary>
    public async Task StartAsync(CancellationToken ct = default)
    {
        await PrepareAsync(ct);
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = options.Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "",
            ["max_connections"] = "300",
            ["password_encryption"] = "scram-sha-256",
            // Details quote the values of rows, and people's data must not reach a log; the client still gets them.
            ["log_error_verbosity"] = "terse",
            ["logging_collector"] = "off",
        };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        settings["fsync"] = settings["synchronous_commit"] = "on";

        string[] arguments = ["-D", cluster.Directory, .. settings.SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"])];
        Process = NativeProcess.Start(PostgresCluster.Spec("postgres", cluster.Binaries.Postgres, arguments) with { StopSignal = Signal.Interrupt }, reaper, output);
    }

    /// <summary>Returns when the server answers a query.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken ct = default)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 3, CommandTimeout = 3 }.ConnectionString;
        var process = Process ?? throw new InvalidOperationException("Start the server first.");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            await pace.WaitForNextTickAsync(ct);
            if (process.Exited.IsCompleted)
                throw cluster.Failed(process.RecentOutput);
        }
        while (!await AnswersAsync(connectionString, ct));
    }

    /// <summary>Fast shutdown: sessions are cut, nothing committed is lost.</summary>
    public async Task StopAsync()
    {
        if (Process is not null)
            await Process.StopAsync(Signal.Interrupt, StopTime);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Process is not null)
            await Process.DisposeAsync();
    }

    private async Task<bool> AnswersAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("select 1", connection);
            return await command.ExecuteScalarAsync(ct) is 1;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new ServerFailedException(
                $"The PostgreSQL data in {cluster.Directory} was made with another password. ./expo reset drops it and starts anew.", e);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }
}
