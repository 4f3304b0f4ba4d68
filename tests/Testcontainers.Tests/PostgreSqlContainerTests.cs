using System.Diagnostics;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Expo.Testcontainers.Tests;

[Trait("needs", "postgres")]
public sealed class PostgreSqlContainerTests
{
    [Fact]
    public async Task A_server_is_durable_keeps_its_rows_over_a_restart_and_is_deleted_in_the_end()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = new PostgreSqlBuilder("postgres:17").WithDatabase("fair").WithUsername("clerk").WithPassword("s3cret")
            .WithCommand("-c", "fsync=off", "-c", "max_connections=20").Build();
        await server.StartAsync(ct);

        Assert.Equal(0, (await server.ExecScriptAsync("create table booths (number int); insert into booths values (7), (8);", ct)).ExitCode);
        Assert.NotEqual(0, (await server.ExecScriptAsync("select nothing", ct)).ExitCode);
        var directory = await Ask<string>(server, "show data_directory", ct);
        NpgsqlConnection.ClearAllPools();
        await server.StopAsync(ct);
        await server.StartAsync(ct);

        Assert.Equal(15L, await Ask<long>(server, "select sum(number) from booths", ct));
        Assert.Equal(
            ("on", "on", "20", "127.0.0.1"),
            (await Ask<string>(server, "show fsync", ct), await Ask<string>(server, "show synchronous_commit", ct),
                await Ask<string>(server, "show max_connections", ct), await Ask<string>(server, "show listen_addresses", ct)));
        Assert.Equal("fair", new NpgsqlConnectionStringBuilder(server.GetConnectionString()).Database);

        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(directory)));
    }

    [Fact]
    public async Task Nothing_is_left_when_the_process_that_started_a_server_is_killed()
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [typeof(PostgreSqlContainerTests).Assembly.Location, "-class", typeof(StartedByAnother).FullName!, "-explicit", "only"])
        {
            RedirectStandardOutput = true,
            Environment = { [StartedByAnother.Answer] = Path.GetTempFileName() },
        };
        using var runner = Process.Start(start)!;
        var answer = start.Environment[StartedByAnother.Answer]!;
        await Until(() => File.ReadAllText(answer).EndsWith('\n'), ct);
        var directory = (await File.ReadAllTextAsync(answer, ct)).Trim();
        File.Delete(answer);
        Assert.True(Directory.Exists(directory));

        runner.Kill();

        await Until(() => !Directory.Exists(directory) && !CommandLines().Any(line => line.Contains(directory, StringComparison.Ordinal)), ct);
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(directory, "cmdline"));
            }
            catch (IOException)
            {
                continue;
            }

            yield return line;
        }
    }

    private static async Task Until(Func<bool> condition, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
            await pace.WaitForNextTickAsync(limit.Token);
    }

    private static async Task<T> Ask<T>(PostgreSqlContainer server, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(server.GetConnectionString());
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }
}
