using Testcontainers.PostgreSql;

namespace Expo.Testcontainers.Tests;

/// <summary>Runs in a second process that is then killed; explicit, so never on its own.</summary>
[Trait("needs", "postgres")]
public sealed class StartedByAnother
{
    public const string Answer = "EXPO_STARTED_BY_ANOTHER";

    [Fact(Explicit = true)]
    public async Task A_server_runs_until_its_starter_is_killed()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = new PostgreSqlBuilder("postgres:17").Build();
        await server.StartAsync(ct);
        await File.WriteAllTextAsync(Environment.GetEnvironmentVariable(Answer)!, await DataDirectory(server, ct) + "\n", ct);
        await Task.Delay(Timeout.Infinite, ct);
    }

    private static async Task<string> DataDirectory(PostgreSqlContainer server, CancellationToken ct)
    {
        await using var connection = new Npgsql.NpgsqlConnection(server.GetConnectionString());
        await connection.OpenAsync(ct);
        await using var command = new Npgsql.NpgsqlCommand("show data_directory", connection);
        return Path.GetDirectoryName((string)(await command.ExecuteScalarAsync(ct))!)!;
    }
}
