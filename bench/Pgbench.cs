using System.Diagnostics;
using System.Globalization;

namespace Expo.Bench;

/// <summary>PostgreSQL's own load generator: what the server can do at most with this work.</summary>
public sealed class Pgbench(Server server, string script)
{
    /// <summary>Transactions per second of so many clients over TCP with prepared statements.</summary>
    public async Task<double> RunAsync(int clients, int seconds)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, script);
        var address = server.Address;
        using var pgbench = Process.Start(new ProcessStartInfo(Find())
        {
            ArgumentList =
            {
                "-n", "-M", "prepared", "-c", Text(clients), "-j", Text(Math.Min(clients, 2)), "-T", Text(seconds), "-f", file,
                "-h", address.Host!, "-p", Text(address.Port), "-U", address.Username!, address.Database!,
            },
            Environment = { ["PGPASSWORD"] = address.Password },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (pgbench.StandardOutput.ReadToEndAsync(), pgbench.StandardError.ReadToEndAsync());
        await pgbench.WaitForExitAsync();
        File.Delete(file);
        var tps = (await output).Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal));
        return tps is not null && pgbench.ExitCode == 0
            ? double.Parse(tps.Split(' ')[2], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    private static string Find() =>
        Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin", "pgbench")).LastOrDefault(File.Exists)
        ?? throw new InvalidOperationException("pgbench was not found beside PostgreSQL's server programs.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
