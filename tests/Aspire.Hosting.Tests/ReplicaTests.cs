using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Expo.NativeHosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using static Expo.Aspire.Hosting.Tests.Watched;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>Of several processes of one resource some may end while the others go on.</summary>
public sealed class ReplicaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_replica_runs_again_beside_the_others_which_serve_meanwhile_and_the_dashboard_shows_it()
    {
        var login = new TaskCompletionSource<string>();
        await using var builder = DistributedApplicationTestingBuilder.Create(
            ["--Expo:Restart:sample=5", "--Dashboard:Port=0", "--AppHost:BrowserToken=of-this-test"], (options, _) => options.DisableDashboard = false);
        builder.Services.AddLogging(logging => logging.AddProvider(new LoginLine(login)));
        builder.AddSample("sample").WithReplicas(2);
        await using var app = await builder.BuildAsync(Ct);
        var seen = Record(app, "sample");
        await app.StartAsync(Ct);
        await HealthyAsync(app, "sample");
        var before = Find(app, "sample").ProcessIds;

        using (Process.Start("kill", ["-9", $"{before[0]}"]))
        {
            await Eventually.TrueAsync(() => !Find(app, "sample").ProcessIds.Contains(before[0]), Patience, Ct);
        }

        // Whoever asks is answered by those that are there: soon by the new one too.
        var answered = new HashSet<int>();
        using var limit = new CancellationTokenSource(Patience);
        while (answered.Count < 2)
        {
            // A connection stays with whom it has reached.
            using var client = new HttpClient(new SocketsHttpHandler());
            answered.Add(await client.GetFromJsonAsync<int>(new Uri(app.GetEndpoint("sample", "http"), "/pid"), limit.Token));
        }

        await HealthyAsync(app, "sample");
        Assert.Equal(answered, Find(app, "sample").ProcessIds.ToHashSet());
        Assert.Equal(before[1], Assert.Single(before.Intersect(answered)));
        using (var dashboard = new HttpClient(new SocketsHttpHandler()))
        {
            dashboard.DefaultRequestHeaders.Authorization = new("Bearer", "of-this-test");
            var shown = await dashboard.GetFromJsonAsync<JsonElement>(new Uri(new Uri(await login.Task), "/api/resources/sample"), Ct);
            Assert.Equal((2, 1), (shown.GetProperty("replicas").GetInt32(), shown.GetProperty("restarts").GetInt32()));
            Assert.Equal(answered, shown.GetProperty("instances").EnumerateArray().Select(one => one.GetProperty("pid").GetInt32()).ToHashSet());
        }

        Assert.Equal(1, Find(app, "sample").Restarts);
        Assert.DoesNotContain(ResourceLifecycle.Restarting, seen());

        // Without any of them the resource itself has ended, and starts again with all.
        await KillAsync(app, "sample");
        await app.ResourceNotifications.WaitForResourceAsync("sample", ResourceLifecycle.Restarting, Ct).WaitAsync(Patience, Ct);
        await HealthyAsync(app, "sample");
        Assert.Equal(2, Find(app, "sample").ProcessIds.Count);
    }

    [Fact]
    public async Task With_fewer_processes_than_meant_it_is_degraded_and_who_needs_it_goes_on()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var sample = builder.AddSample("sample").WithReplicas(2);
        builder.AddSample("second").WaitFor(sample);
        await using var app = await builder.BuildAsync(Ct);
        await app.StartAsync(Ct);
        await HealthyAsync(app, "second");

        using (Process.Start("kill", ["-9", $"{Find(app, "sample").ProcessIds[0]}"]))
        {
            var degraded = await app.ResourceNotifications.WaitForResourceAsync("sample", e => e.Snapshot.HealthStatus == HealthStatus.Degraded, Ct).WaitAsync(Patience, Ct);
            Assert.Equal("1 of 2 processes are running.", Assert.Single(degraded.Snapshot.HealthReports).Description);
        }

        Assert.True(app.ResourceNotifications.TryGetCurrentState("second", out var second));
        Assert.Equal(HealthStatus.Healthy, second.Snapshot.HealthStatus);
        using var client = app.CreateHttpClient("sample", "http");
        Assert.True((await client.GetAsync("/health", Ct)).IsSuccessStatusCode);
    }
}
