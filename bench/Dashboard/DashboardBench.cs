using System.Diagnostics;
using System.Globalization;

namespace Expo.Bench.Dashboard;

/// <summary>The dashboard: how much telemetry it takes on one core, what memory it needs, how soon a trace opens, and how soon the platform is up.</summary>
public static class DashboardBench
{
    private const int Cap = 100_000;
    private const int First = 10_000;
    private const int Step = 5_000;
    private const int Tries = 2;
    private const int TraceSpans = 500;
    private const double Enough = 0.95;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(4);

    /// <summary>Runs it, or the parts that are named (ingest, up), and prints a table and the line for scripts.</summary>
    public static async Task RunAsync(string[] parts, TextWriter output)
    {
        await output.WriteLineAsync($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
        var line = "dashboard";
        if (parts is [] || parts.Contains("ingest"))
            line += await IngestAsync(output);
        if (parts is [] || parts.Contains("up"))
        {
            var (first, again, megabytes) = await PlatformStart.MeasureAsync();
            await output.WriteLineAsync(Line($"./expo up to all healthy, s: first start {first:F1}, next start {again:F1}; the AppHost then has {megabytes:F0} MB"));
            line += Line($" up_s={Math.Max(first, again):F1}");
        }

        await output.WriteLineAsync(line);
    }

    private static async Task<string> IngestAsync(TextWriter output)
    {
        // More than the caps hold, so that what is sent again is new to the store.
        var (spans, logs, points) = (Exports.Spans(Cap * 3 / 2), Exports.Logs(Cap * 3 / 2), Exports.Points(Cap * 11 / 10));
        await output.WriteLineAsync(Line($"Requests of up to {Exports.BatchSize}: spans of {spans.Sum(r => r.Length) / (Cap * 3 / 2)} bytes, log records of {logs.Sum(r => r.Length) / (Cap * 3 / 2)} bytes"));

        await using var dashboard = await DashboardProcess.StartAsync(core: Environment.ProcessorCount - 1);
        using var feed = new Feed(dashboard.Grpc, DashboardProcess.Key);
        await feed.SendAsync("metrics", "Metrics", points);
        await output.WriteLineAsync("       offered/s stored/s   dropped  answered in ms, median and most   cores     MB  store");
        var spansPerSecond = await Ingest("spans", "trace", "Trace", spans);
        var logsPerSecond = await Ingest("logs", "logs", "Logs", logs);

        var (traceId, requests) = Exports.Trace(TraceSpans);
        await feed.SendAsync("trace", "Trace", requests);
        await Settled("spans");
        var opened = await TracePage.MeasureAsync(dashboard, traceId, TraceSpans);
        await output.WriteLineAsync(Line($"A trace of {TraceSpans} spans, ms until: the API has answered {opened.Api:F0}, painted after a click in the list {opened.Click:F0}, painted from its address {opened.Address:F0}"));
        return Line($" spans_per_s={spansPerSecond:F0} logs_per_s={logsPerSecond:F0} rss_mb={dashboard.PeakMegabytes:F0} trace_ms={Math.Max(opened.Click, opened.Address):F0}");

        // The most that is stored without a loss.
        async Task<double> Ingest(string kind, string package, string service, IReadOnlyList<byte[]> requests)
        {
            await Round(kind, package, service, requests, double.PositiveInfinity); // warms up, and fills it to the cap
            var sustained = 0.0;
            for (var offered = First; ; offered += Step)
            {
                // What others do on the machine may spoil one try.
                var tries = new List<(double Stored, bool Whole)>();
                while (tries.Count < Tries && !tries.Exists(one => one.Whole))
                    tries.Add(await Round(kind, package, service, requests, offered));
                if (!tries[^1].Whole)
                    return sustained;
                sustained = tries[^1].Stored;
            }
        }

        async Task<(double Stored, bool Whole)> Round(string kind, string package, string service, IReadOnlyList<byte[]> requests, double offered)
        {
            var (before, watch, cpu) = (await Settled(kind), Stopwatch.StartNew(), dashboard.CpuSeconds);
            var answers = await feed.SendAsync(package, service, requests, RoundTime, offered * requests.Count / (Cap * 3 / 2));
            var (seconds, cores) = (watch.Elapsed.TotalSeconds, dashboard.CpuSeconds - cpu);
            var after = await Settled(kind);
            var (stored, dropped) = (after.Stored - before.Stored, after.Dropped - before.Dropped);
            await output.WriteLineAsync(Line($"{kind,-5} {(double.IsInfinity(offered) ? "flood" : $"{offered:F0}"),10} {stored / seconds,8:F0} {dropped,9} {answers.Order().ElementAt(answers.Count / 2),23:F1} {answers.Max(),9:F0} {cores / seconds,7:F2} {dashboard.Megabytes,6:F0} {dashboard.StoreMegabytes,6:F0}"));
            return (stored / seconds, dropped == 0 && stored / seconds > offered * Enough);
        }

        // What was answered is written a moment later.
        async Task<(long Stored, long Dropped)> Settled(string kind)
        {
            while (true)
            {
                if (await dashboard.State(kind) is { Waiting: 0 } state)
                    return (state.Stored, state.Dropped);
                await Task.Delay(20);
            }
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
