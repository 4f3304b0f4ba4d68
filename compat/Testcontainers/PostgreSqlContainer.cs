using DotNet.Testcontainers;
using DotNet.Testcontainers.Containers;
using Expo.NativeServers;
using Npgsql;

namespace Testcontainers.PostgreSql;

/// <summary>A throwaway PostgreSQL server; its data goes with it.</summary>
public sealed class PostgreSqlContainer(PostgreSqlConfiguration configuration) : IDatabaseContainer
{
    private readonly int port = Ports.Free();
    private string? directory;
    private PostgresServer? server;

    /// <inheritdoc/>
    public string Hostname => "127.0.0.1";

    /// <inheritdoc/>
    public ushort GetMappedPublicPort(int containerPort) =>
        containerPort == PostgreSqlBuilder.PostgreSqlPort ? (ushort)port : throw new InvalidOperationException($"Port {containerPort} is not mapped.");

    /// <inheritdoc/>
    public string GetConnectionString() =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Hostname,
            Port = port,
            Database = configuration.Database,
            Username = configuration.Username,
            Password = configuration.Password,
        }.ConnectionString;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken ct = default)
    {
        directory ??= await ThrowawayServers.NewDirectoryAsync("postgres");
        var reaper = await ThrowawayServers.ReaperAsync();
        server ??= new(new(directory, port, configuration.Username, configuration.Password) { Settings = configuration.Settings }, reaper);
        await server.StartAsync(ct);
        if (!server.ClusterDirectory.StartsWith(directory, StringComparison.Ordinal))
            reaper.DeleteAtEnd(Path.GetDirectoryName(server.ClusterDirectory)!);
        await server.WaitUntilReadyAsync(ct);
        await CreateDatabaseAsync(server.ConnectionString, ct);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken ct = default) => server?.StopAsync() ?? Task.CompletedTask;

    /// <summary>Runs an SQL script in the database.</summary>
    public async Task<ExecResult> ExecScriptAsync(string scriptContent, CancellationToken ct = default)
    {
        try
        {
            await using var connection = new NpgsqlConnection(GetConnectionString());
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand(scriptContent, connection);
            await command.ExecuteNonQueryAsync(ct);
            return new("", "", 0);
        }
        catch (PostgresException e)
        {
            return new("", e.Message, 3);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            // At once, with all its processes: nothing is worth a checkpoint, and nobody may write where we delete.
            if (server.Process is { } process)
                await process.StopAsync(Signal.Quit, TimeSpan.FromSeconds(30));
            await server.DisposeAsync();
        }

        if (directory is not null && server is not null)
        {
            ThrowawayServers.Delete(server.ClusterDirectory);
            ThrowawayServers.Delete(directory);
        }
    }

    private async Task CreateDatabaseAsync(string connectionString, CancellationToken ct)
    {
        var name = configuration.Database;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var known = new NpgsqlCommand("select count(*) from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await known.ExecuteScalarAsync(ct) is 0L)
        {
            await using var create = new NpgsqlCommand($"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
            await create.ExecuteNonQueryAsync(ct);
        }
    }
}
