using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Expo.Bench.Dashboard;

/// <summary>How long <c>./expo up</c> takes until everything is healthy, on data and ports of its own.</summary>
public static class PlatformStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Seconds of a first start, which makes the databases, and of one that finds them; and the memory of the AppHost then, in MB.</summary>
    public static async Task<(double First, double Again, double Megabytes)> MeasureAsync()
    {
        var data = Directory.CreateTempSubdirectory("expo-bench-up-").FullName;
        try
        {
            var first = await StartAsync(data);
            var again = await StartAsync(data);
            return (first.Seconds, again.Seconds, again.Megabytes);
        }
        finally
        {
            using var reset = Run("reset", data);
            await reset.WaitForExitAsync();
        }
    }

    private static async Task<(double Seconds, double Megabytes)> StartAsync(string data)
    {
        var watch = Stopwatch.StartNew();
        using var platform = Run("up", data);
        using var limit = new CancellationTokenSource(Patience);
        using var client = new HttpClient(new SocketsHttpHandler());
        try
        {
            while (!await IsHealthy(client, Path.Combine(data, "apphost.json"), limit.Token))
                await Task.Delay(50, limit.Token);
            return (watch.Elapsed.TotalSeconds, ProcessMemory.Megabytes(platform.Id, "VmRSS"));
        }
        finally
        {
            using var end = Process.Start("kill", ["-TERM", platform.Id.ToString(CultureInfo.InvariantCulture)]);
            await platform.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> IsHealthy(HttpClient client, string file, CancellationToken ct)
    {
        if (!File.Exists(file))
            return false;
        try
        {
            var state = JsonDocument.Parse(await File.ReadAllTextAsync(file, ct)).RootElement;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", state.GetProperty("token").GetString());
            var resources = await client.GetFromJsonAsync<JsonElement>($"{state.GetProperty("url").GetString()}/resources", ct);
            return resources.EnumerateArray().All(resource => resource.GetProperty("state").GetString() is var at
                && (at == "Finished" || (at is "Running" or "Active" && resource.GetProperty("health").GetString() is null or "Healthy")));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return false; // It is about to listen.
        }
    }

    private static Process Run(string command, string data)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ExpoPlatform.sln")))
            root = root.Parent!;
        var start = new ProcessStartInfo(Path.Combine(root.FullName, "expo"), [command]) { RedirectStandardOutput = true, Environment = { ["EXPO_DATA"] = data, ["Gateway__Port"] = "0", ["Dashboard__Port"] = "0" } };
        var process = Process.Start(start)!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // so that it never waits for a reader
        return process;
    }
}
