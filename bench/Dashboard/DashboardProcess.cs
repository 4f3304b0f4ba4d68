using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Expo.Dashboard;
using Expo.Dashboard.Resources;

namespace Expo.Bench.Dashboard;

/// <summary>A dashboard in a process of its own, which has one core to itself as far as the machine allows.</summary>
public sealed class DashboardProcess : IAsyncDisposable
{
    private const string Secret = "the bench's own";
    private readonly Process process;
    private readonly string data;

    private DashboardProcess(Process process, string data, string[] addresses)
    {
        (this.process, this.data, Page, Grpc) = (process, data, new(addresses[0]), new(addresses[1]));
        Api = new(new SocketsHttpHandler()) { BaseAddress = Page };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
    }

    /// <summary>Where the pages are.</summary>
    public Uri Page { get; }

    /// <summary>Logs a browser in.</summary>
    public Uri Login => new(Page, $"/login?t={Uri.EscapeDataString(Secret)}");

    /// <summary>Where OTLP over gRPC goes.</summary>
    public Uri Grpc { get; }

    /// <summary>The key that senders show.</summary>
    public static string Key => Secret;

    /// <summary>The read API, logged in.</summary>
    public HttpClient Api { get; }

    /// <summary>The memory of the process now, in MB.</summary>
    public double Megabytes => ProcessMemory.Megabytes(process.Id, "VmRSS");

    /// <summary>The most memory it ever had, in MB.</summary>
    public double PeakMegabytes => ProcessMemory.Megabytes(process.Id, "VmHWM");

    /// <summary>What the files of the store take, in MB.</summary>
    public double StoreMegabytes => new DirectoryInfo(data).EnumerateFiles().Sum(file => file.Length) / 1e6;

    /// <summary>The time of its core that it has used, in seconds.</summary>
    public double CpuSeconds => process.TotalProcessorTime.TotalSeconds;

    /// <summary>Starts it.</summary>
    public static async Task<DashboardProcess> StartAsync(int core)
    {
        var data = Directory.CreateTempSubdirectory("expo-bench-dashboard-").FullName;
        var process = Process.Start(new ProcessStartInfo("taskset", ["-c", core.ToString(CultureInfo.InvariantCulture), Environment.ProcessPath!, typeof(DashboardProcess).Assembly.Location, "dashboard-serve", data])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The dashboard did not start.");
        return new(process, data, line.Split(' '));
    }

    /// <summary>The process itself: serves until its standard input ends.</summary>
    public static async Task ServeAsync(string data, TextReader input, TextWriter output)
    {
        await using var server = await DashboardServer.StartAsync(
            new DashboardOptions { Data = data, BrowserToken = Secret, OtlpKey = Secret }, app => app.MapResourceApi(new NoResources()));
        await output.WriteLineAsync($"{server.Url} {server.OtlpGrpcUrl}");
        while (await input.ReadLineAsync() is not null)
        {
            // Whoever started it holds the other end.
        }
    }

    /// <summary>What it says it has stored and dropped of a kind, and how many bytes of any kind wait to be stored.</summary>
    public async Task<(long Stored, long Dropped, long Waiting)> State(string kind)
    {
        var state = await Api.GetFromJsonAsync<JsonElement>("/api/telemetry/state");
        var tally = state.GetProperty(kind);
        return (tally.GetProperty("stored").GetInt64(), tally.GetProperty("dropped").GetInt64(), state.GetProperty("waiting").GetInt64());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>It watches over nothing: what sends is the bench.</summary>
    private sealed class NoResources : IDashboardResources
    {
        public IReadOnlyList<ResourceView> List() => [];

        public async IAsyncEnumerable<string> ChangesAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await Task.Delay(Timeout.Infinite, ct);
            yield break;
        }

        public Task<CommandResult> ExecuteAsync(string resource, string command, CancellationToken ct) => Task.FromResult(new CommandResult(CommandEnd.Unknown, ""));

        public IReadOnlyList<ConsoleLine> Console(string? resource, int last) => [];

        public IAsyncEnumerable<IReadOnlyList<ConsoleLine>> FollowConsoleAsync(string? resource, int last, CancellationToken ct) => AsyncEnumerable.Empty<IReadOnlyList<ConsoleLine>>();
    }
}
