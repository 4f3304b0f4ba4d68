using System.Net;
using Expo.TestKit;

namespace Expo.Platform.Tests;

/// <summary>Two platforms on one machine share nothing, and one whose AppHost is killed leaves nothing behind and loses nothing.</summary>
[Trait("needs", "platform")]
public sealed class SecondPlatformTests(RunningPlatform platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan ReaperHas = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_second_platform_shares_nothing_with_the_first_and_survives_the_kill_of_its_AppHost_with_all_it_had()
    {
        var data = Path.Combine(Path.GetTempPath(), $"expo-second-{Guid.CreateVersion7():n}");
        string before, after;
        using (var second = new SecondPlatform(data))
        {
            using var committee = await second.Committee();
            before = await Announce(committee);
            await KnownEverywhere(committee, before);
            Assert.True(second.Processes.Count > 10, "the services, PostgreSQL, RabbitMQ and their helpers are seen");

            second.Kill();
            await Eventually.Is(() => Task.FromResult(second.Processes), left => left.Count == 0, ReaperHas, "no process is left");
        }

        using (var second = new SecondPlatform(data))
        {
            using var committee = await second.Committee();
            after = await Announce(committee);
            await KnownEverywhere(committee, before, after);
            Assert.Equal(0, await second.Stop());
            Assert.Empty(second.Processes);
        }

        // The first one did not notice.
        using var own = await platform.Committee();
        Assert.DoesNotContain(before, (await own.Get("/api/registration/v1/editions?limit=200")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        await KnownEverywhere(own, await Announce(own));
        Directory.Delete(data, recursive: true);
    }

    private static async Task<string> Announce(HttpClient committee)
    {
        var code = $"second_{Guid.CreateVersion7():n}"[..24];
        (await committee.Post("/api/registration/v1/editions", new
        {
            code, number = 103, year = 2026, deliveryMode = "hybrid", name = new { zh = "演练", en = "Rehearsal" }, openDays = new[] { "2026-11-28" },
        })).Is(HttpStatusCode.Created);
        return code;
    }

    private static async Task KnownEverywhere(HttpClient committee, params string[] codes)
    {
        foreach (var service in RunningPlatform.Listeners)
        {
            await Eventually.Is(
                async () => (await committee.Get($"/api/{service}/v1/editions?limit=200")).Is(HttpStatusCode.OK).Text,
                text => codes.All(code => text.Contains($"\"{code}\"", StringComparison.Ordinal)), Patience, $"{service} to know {string.Join(", ", codes)}");
        }
    }
}
