using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Expo.Marten.Tests.Setup;

/// <summary>A server of one test's own, to be killed with all its processes and started again on the same data.</summary>
public sealed class CrashingServer : IAsyncDisposable
{
    private readonly PostgreSqlContainer _container = new PostgreSqlBuilder("postgres:15").WithDatabase("marten").Build();
    private string _data = "";

    public string ConnectionString => _container.GetConnectionString() + ";Timeout=60;Command Timeout=60";

    public async Task StartAsync(CancellationToken ct)
    {
        await _container.StartAsync(ct);
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("show data_directory", connection);
        _data = (string)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>kill -9 for the postmaster and every process it started, and nobody else.</summary>
    public async Task KillAsync()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(_data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var children = Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => int.TryParse(n, out _))
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Where(pid => ParentOf(pid) == postmaster).ToList();
        foreach (var pid in (int[])[postmaster, .. children]) Kill(pid);
        await Eventually.True(() => ((int[])[postmaster, .. children]).All(pid => ParentOf(pid) is null), "the server's processes are gone");
        await _container.StopAsync();
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has gone with its parent.
        }
    }

    private static int? ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
