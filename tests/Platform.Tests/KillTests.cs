using System.Diagnostics;
using System.Net;
using Expo.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
        var unhealthy = dependents.ToDictionary(name => name, name => platform.Resources.WaitForResourceAsync(name, e => e.Snapshot.HealthStatus == HealthStatus.Unhealthy, Ct));

        var killed = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var id in await platform.Processes(part))
            Process.GetProcessById(id).Kill();

        var gone = await platform.Resources.WaitForResourceAsync(part, e => e.Snapshot.State?.Text == KnownResourceStates.Exited, Ct).WaitAsync(Patience, Ct);
        Assert.Equal(137, gone.Snapshot.ExitCode);
        Within(Sight, part, gone.Snapshot.StopTimeStamp!.Value - killed);
        foreach (var (name, sick) in unhealthy)
        {
            var report = (await sick.WaitAsync(Patience, Ct)).Snapshot.HealthReports.First(r => r.Status == HealthStatus.Unhealthy);
            Within(Sight, $"{name}: {report.Name}", report.LastRunAt!.Value - killed);
        }

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

    private static void Within(TimeSpan limit, string what, TimeSpan taken)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{what} {taken.TotalSeconds:0.00} s");
        Assert.True(taken < limit, $"{what} was seen after {taken.TotalSeconds:0.0} s, not {limit.TotalSeconds} s");
    }

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
}
