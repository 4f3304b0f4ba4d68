using Npgsql;
using Testcontainers.PostgreSql;

namespace Expo.Bench;

/// <summary>A private PostgreSQL server for one bench, durable as in production.</summary>
public sealed class Server : IAsyncDisposable
{
    private readonly PostgreSqlContainer container = new PostgreSqlBuilder("postgres:15").WithDatabase("bench").WithUsername("bench").WithPassword("bench").Build();

    /// <summary>Where it listens.</summary>
    public NpgsqlConnectionStringBuilder Address => new(container.GetConnectionString());

    /// <summary>Starts it and prints what the figures depend on; refuses settings that would make them lies.</summary>
    public async Task StartAsync(TextWriter output)
    {
        await container.StartAsync();
        var (version, fsync, commit) = (await Ask("show server_version"), await Ask("show fsync"), await Ask("show synchronous_commit"));
        await output.WriteLineAsync($"{Environment.ProcessorCount} cores, {Cpu()}");
        await output.WriteLineAsync($"PostgreSQL {version}, fsync {fsync}, synchronous_commit {commit}, .NET {Environment.Version}");
        if (fsync != "on" || commit != "on")
            throw new InvalidOperationException("fsync and synchronous_commit must be on.");
    }

    /// <summary>Runs SQL on the server.</summary>
    public async Task<string> Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(Address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (await command.ExecuteScalarAsync())?.ToString() ?? "";
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => container.DisposeAsync();

    private static string Cpu() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown CPU"
            : "unknown CPU";
}
