using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>Whatever part of the platform is killed: that and what depends on it is seen at once, and a restart loses nothing.</summary>
[Trait("needs", "platform")]
public sealed class KillTests(RunningPlatform platform)
{
    // What a person who watches is promised.
    private static readonly TimeSpan Sight = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What is killed, and what must then be unhealthy.</summary>
    public static TheoryData<string, string[]> Parts() => new()
    {
        { "registration", ["gateway"] },
        { "exhibition", ["gateway"] },
        { "gateway", [] },
        { "postgres", [.. RunningPlatform.Services, "gateway"] },
        { "messaging", [.. RunningPlatform.Services, "gateway"] },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task What_is_killed_and_what_depends_on_it_is_seen_within_five_seconds_and_after_a_restart_nothing_is_missing(string part, string[] dependents)
    {
        await AllHealthy();
        var before = await Announce(await platform.Committee());
        using var committee = await platform.Committee();
        using var dashboard = await platform.Dashboard();
        using var machine = new Lateness();

        var watch = Stopwatch.StartNew();
        foreach (var id in await platform.Processes(part))
            Process.GetProcessById(id).Kill();

        var shown = await Eventually.Is(
            async () => (await dashboard.Get("/api/resources")).Is(HttpStatusCode.OK).Json.EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!),
            all => Says(all[part], "state", "Exited") && dependents.All(name => Says(all[name], "health", "Unhealthy")),
            Patience, $"the dashboard to show that {part} has ended and {string.Join(", ", dependents)} cannot do without");
        var (taken, late) = (watch.Elapsed, machine.Total);
        TestContext.Current.TestOutputHelper?.WriteLine($"{part} {taken.TotalSeconds:0.00} s, of which the machine was late {late.TotalSeconds:0.00} s");
        Assert.True(taken - late < Sight, $"The dashboard showed it after {taken.TotalSeconds:0.0} s, not {Sight.TotalSeconds} s, and the machine was late only {late.TotalSeconds:0.0} s of them.");
        Assert.Equal(137, shown[part].GetProperty("exitCode").GetInt32());
        Assert.All(dependents, name => Assert.Contains(shown[name].GetProperty("healthReports").EnumerateArray(), report => Says(report, "status", "Unhealthy")));

        // Without the broker everybody goes on deciding; what they tell waits for it.
        var meanwhile = part == "messaging" ? await Announce(committee) : before;
        await platform.Restart(part);
        await AllHealthy();

        var after = await Announce(committee);
        foreach (var service in RunningPlatform.Listeners)
        {
            await Eventually.Is(
                async () => (await committee.Get($"/api/{service}/v1/editions?limit=200")).Is(HttpStatusCode.OK).Text,
                text => new[] { before, meanwhile, after }.All(code => text.Contains($"\"{code}\"", StringComparison.Ordinal)),
                Patience,
                $"{service} to know the editions announced before, while {part} was gone, and after");
        }
    }

    private static bool Says(JsonElement of, string property, string value) => of.GetProperty(property).GetString() == value;

    private static async Task<string> Announce(HttpClient committee)
    {
        var code = $"kill_{Guid.CreateVersion7():n}"[..24];
        (await committee.Post("/api/registration/v1/editions", new
        {
            code, number = 102, year = 2026, deliveryMode = "hybrid", name = new { zh = "演练", en = "Rehearsal" }, openDays = new[] { "2026-11-28" },
        })).Is(HttpStatusCode.Created);
        return code;
    }

    private async Task AllHealthy()
    {
        foreach (var name in (string[])["postgres", "messaging", .. RunningPlatform.Services, "gateway"])
            await platform.Resources.WaitForResourceHealthyAsync(name, WaitBehavior.WaitOnResourceUnavailable, Ct).WaitAsync(Patience, Ct);
    }

    /// <summary>How much later than they were due short timers came, in sum: what a machine that is busy with something else keeps from whoever waits here.</summary>
    private sealed class Lateness : IDisposable
    {
        private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
        private readonly CancellationTokenSource ended = new();
        private long ticks;

        public Lateness() => _ = Measure();

        public TimeSpan Total => new(Interlocked.Read(ref ticks));

        public void Dispose()
        {
            ended.Cancel();
            ended.Dispose();
        }

        private async Task Measure()
        {
            var ct = ended.Token;
            while (!ct.IsCancellationRequested)
            {
                var began = Stopwatch.GetTimestamp();
                await Task.Delay(Short, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Interlocked.Add(ref ticks, Math.Max(0, (Stopwatch.GetElapsedTime(began) - Short).Ticks));
            }
        }
    }
}
