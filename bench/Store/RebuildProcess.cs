using System.Diagnostics;
using System.Globalization;
using Marten;

namespace Expo.Bench.Store;

/// <summary>A daemon in a process of its own that rebuilds one projection, so that its memory can be told.</summary>
public static class RebuildProcess
{
    /// <summary>Starts the process and reads what it says: events per second and the most memory it ever held, in MB.</summary>
    public static async Task<(double EventsPerSecond, double PeakMegabytes)> MeasureAsync(string connectionString, string schema)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(RebuildProcess).Assembly.Location, "store-rebuild", connectionString, schema])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The rebuilding process ended with {process.ExitCode}.");
        var parts = said.Split(' ');
        return (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The process itself.</summary>
    public static async Task RunAsync(string connectionString, string schema, TextWriter output)
    {
        await using var store = Stores.Open<SmallTallies>(connectionString, schema, snapshots: false);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var events = (await store.Advanced.FetchEventStoreStatistics()).EventCount;
        using var daemon = await store.BuildProjectionDaemonAsync();
        var watch = Stopwatch.StartNew();
        await daemon.RebuildProjectionAsync<SmallTally>(TimeSpan.FromMinutes(10), CancellationToken.None);
        var rate = events / watch.Elapsed.TotalSeconds;
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kilobytes = double.Parse(peak.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rate:F0} {kilobytes / 1024:F0}"));
    }
}
