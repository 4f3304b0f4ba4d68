using System.Diagnostics;
using System.Net;
using System.Text;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>A service may die at any moment; after a restart everything goes on where it was.</summary>
[Trait("needs", "platform")]
public sealed class RestartTests(RunningPlatform platform)
{
    [Fact]
    public async Task The_demo_survives_the_death_of_the_services_it_uses()
    {
        await using var killer = new Killer(platform, ("The exhibitor applied", "exhibition"), ("The committee received and accepted it", "registration"), ("Exhibition allocated the booth", "exhibition"));

        var story = await platform.Play(killer);

        Assert.Equal(["exhibition", "registration", "exhibition"], await killer.Killed());
        Assert.Equal(3, story.Passes.Distinct().Count());
        using var committee = await platform.Committee();
        Assert.Equal(1, await Count(committee, $"/api/exhibition/v1/editions/{story.Edition}/booths/{story.BoothId}", "booth_allocated"));
        Assert.Equal(1, await Count(committee, $"/api/exhibition/v1/editions/{story.Edition}/booth-applications/{story.ApplicationId}", "application_submitted"));
        Assert.Equal(1, await Count(committee, $"/api/exhibition/v1/editions/{story.Edition}/agreements/{story.AgreementId}", "fee_paid"));
        foreach (var pass in story.Passes)
            Assert.Equal(1, await Count(committee, $"/api/registration/v1/passes/{pass}", "pass_issued"));
    }

    private static async Task<int> Count(HttpClient committee, string path, string @event) =>
        (await committee.Get($"{path}/history")).Is(HttpStatusCode.OK).Json.GetProperty("items").EnumerateArray().Count(entry => entry.GetProperty("event").GetString() == @event);

    /// <summary>Listens to the story, and kills and restarts a service when it hears its cue.</summary>
    private sealed class Killer(RunningPlatform platform, params (string Cue, string Service)[] cues) : StringWriter
    {
        private readonly List<(string Service, Task<string> Kill)> kills = [];
        private int next;

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (next < cues.Length && value?.Contains(cues[next].Cue, StringComparison.Ordinal) == true)
                kills.Add((cues[next].Service, Kill(cues[next++].Service)));
        }

        public Task<string[]> Killed() => Task.WhenAll(kills.Select(one => one.Kill));

        // It may serve the story again before its restart has seen that it does; killed then, that restart would have failed.
        private async Task<string> Kill(string service)
        {
            await Task.WhenAll(kills.Where(earlier => earlier.Service == service).Select(earlier => earlier.Kill));
            foreach (var id in await platform.Processes(service))
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            await platform.Restart(service);
            return service;
        }
    }
}
