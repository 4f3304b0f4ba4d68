using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Expo.Dashboard.Tests;

/// <summary>What is kept, and what goes.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        var dashboard = new RunningDashboard();
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        Send(dashboard, "before", 3);
        await dashboard.Eventually("/api/telemetry/traces?source=before", traces => traces.GetArrayLength() == 3);

        await dashboard.Stop();
        await dashboard.InitializeAsync();

        Assert.Equal(3, (await dashboard.Get("/api/telemetry/traces?source=before")).GetArrayLength());
        Send(dashboard, "after", 1);
        await dashboard.Eventually("/api/telemetry/traces?source=after", traces => traces.GetArrayLength() == 1);
    }

    [Fact]
    public async Task Over_the_cap_the_oldest_go()
    {
        var dashboard = new RunningDashboard { Cap = 1_000 };
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        Send(dashboard, "old", 1_500);
        Send(dashboard, "new", 1_500);

        await dashboard.Eventually("/api/telemetry/traces?source=new&limit=1000", traces => traces.GetArrayLength() >= 950);
        Assert.Equal(0, (await dashboard.Eventually("/api/telemetry/traces?source=old", traces => traces.GetArrayLength() == 0)).GetArrayLength());
    }

    [Fact]
    public async Task Three_times_what_is_kept_leaves_the_file_as_large_as_once()
    {
        const int cap = 2_000;
        var dashboard = new RunningDashboard { Cap = cap };
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        var sizes = new List<long>();
        for (var time = 1; time <= 3; time++)
        {
            for (var sent = 0; sent < cap; sent += 100)
            {
                foreach (var signal in (string[])["traces", "logs", "metrics"])
                    await dashboard.Export(signal, Requests.Many(signal, $"service-{time}", 100));
            }

            var wanted = time * cap;
            await dashboard.Eventually("/api/telemetry/state", state => ((string[])["spans", "logs", "points"]).All(kind => state.GetProperty(kind).GetProperty("stored").GetInt64() == wanted));
            sizes.Add(new FileInfo(dashboard.File).Length + new FileInfo($"{dashboard.File}-wal").Length);
        }

        foreach (var table in (string[])["spans", "logs", "points"])
            Assert.InRange(dashboard.Ask($"select count(*) from {table}"), 1, cap * 105 / 100);
        Assert.Equal(dashboard.Ask("select count(*) from traces"), dashboard.Ask("select count(distinct trace_id) from spans"));
        Assert.InRange(sizes[2], 0, 3 * sizes[0] / 2 + 16_000_000);
        Assert.Equal(1, dashboard.Ask("select count(distinct source_id) from logs"));
    }

    [Fact]
    public async Task However_large_the_rows_are_the_file_is_bounded()
    {
        var dashboard = new RunningDashboard { MaxBytes = 3_000_000 };
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        for (var sent = 0; sent < 100; sent++)
            Assert.Equal(0, await dashboard.Export("traces", Requests.Spans("large", new() { StringValue = new('x', 200_000) })));
        await dashboard.Eventually("/api/telemetry/state", state => state.GetProperty("spans").GetProperty("stored").GetInt64() == 100);

        Assert.InRange(dashboard.Ask("select count(*) from spans"), 1, 40);
        Assert.InRange(dashboard.Ask("select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size"), 0, 6_000_000);
    }

    [Fact]
    public async Task While_nothing_can_be_written_senders_are_answered_and_what_is_lost_is_told_and_counted()
    {
        var dashboard = new RunningDashboard();
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        var (lost, began) = (0L, TimeProvider.System.GetUtcNow());
        await using (var other = dashboard.Open())
        {
            await using var holding = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
            for (var request = 0; request < 100; request++)
                lost += await dashboard.Export("traces", Requests.Many("traces", "held-up", 10));
        }

        Assert.InRange(lost, 300, 400); // 64 requests wait, one or two are being written
        var state = await dashboard.Eventually("/api/telemetry/state", answer => answer.GetProperty("waiting").GetInt64() == 0);
        Assert.Equal((1_000 - lost, lost), (state.GetProperty("spans").GetProperty("stored").GetInt64(), state.GetProperty("spans").GetProperty("dropped").GetInt64()));
        Assert.InRange(state.GetProperty("spans").GetProperty("lost").GetDateTimeOffset(), began, TimeProvider.System.GetUtcNow());
        Assert.Equal(JsonValueKind.Null, state.GetProperty("logs").GetProperty("lost").ValueKind);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public async Task A_damaged_file_is_moved_aside_and_it_begins_anew(double from)
    {
        var dashboard = new RunningDashboard();
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        for (var request = 0; request < 30; request++)
            await dashboard.Export("traces", Requests.Many("traces", "before", 100));
        await dashboard.Eventually("/api/telemetry/state", state => state.GetProperty("spans").GetProperty("stored").GetInt64() == 3_000);
        await dashboard.Stop();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var bytes = await File.ReadAllBytesAsync(dashboard.File, TestContext.Current.CancellationToken);
        bytes.AsSpan((int)(bytes.Length * from), bytes.Length / 2).Fill(0xAB);
        await File.WriteAllBytesAsync(dashboard.File, bytes, TestContext.Current.CancellationToken);

        await dashboard.InitializeAsync();

        await dashboard.Get("/api/telemetry/traces?text=work&source=before");
        await dashboard.Eventually("/api/telemetry/traces?source=after", traces =>
        {
            dashboard.Export("traces", Requests.Many("traces", "after", 1)).GetAwaiter().GetResult();
            return traces.GetArrayLength() > 0;
        });
        Assert.True(File.Exists($"{dashboard.File}.damaged"));
        Assert.Equal(0, (await dashboard.Get("/api/telemetry/traces?source=before")).GetArrayLength());
    }

    private static void Send(RunningDashboard dashboard, string service, int spans)
    {
        using var source = new ActivitySource(service);
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(service).ConfigureResource(r => r.AddService(service)).AddOtlpExporter(options =>
        {
            options.Protocol = OtlpExportProtocol.Grpc;
            options.Endpoint = new Uri(dashboard.Server.OtlpGrpcUrl);
            options.Headers = $"x-otlp-api-key={RunningDashboard.Key}";
        }).Build();
        for (var i = 0; i < spans; i++)
        {
            using (source.StartActivity("work"))
            {
            }

            if (i % 500 == 499)
                provider.ForceFlush(); // the exporter's own queue holds 2,048
        }
    }
}
