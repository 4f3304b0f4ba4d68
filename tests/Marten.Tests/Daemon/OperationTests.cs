using Expo.Marten.Tests.Setup;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Expo.Marten.Tests.Daemon;

/// <summary>What an operator is told.</summary>
public sealed class OperationTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mark_held_up_by_an_open_append_names_its_process_and_moves_on_when_that_ends()
    {
        var log = new LogLines();
        using var host = await Hosts.Start(server, Server.NewSchema(), o =>
        {
            o.Projections.StaleSequenceThreshold = TimeSpan.FromMilliseconds(200);
            o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
        }, marten => marten.AddAsyncDaemon(DaemonMode.Solo), log);
        var store = (DocumentStore)host.Services.GetRequiredService<IDocumentStore>();
        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Application Name=slow-importer");
        await connection.OpenAsync(Ct);
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
        {
            await Plan(store.LightweightSession(SessionOptions.ForTransaction(transaction)));
            await Plan(store.LightweightSession());
            await Eventually.True(() => log.All.Any(l => l.Level == LogLevel.Warning && l.Text.Contains("slow-importer", StringComparison.Ordinal)
                && l.Text.Contains($"process {connection.ProcessID}", StringComparison.Ordinal)), "the holder is named");
            await transaction.RollbackAsync(Ct);
        }

        await host.WaitForNonStaleProjectionDataAsync(Eventually.Patience);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_poisoned_projection_turns_its_own_health_red_and_no_other()
    {
        var log = new LogLines();
        using var host = await Hosts.Start(server, Server.NewSchema(), o =>
        {
            o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async);
            o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
        }, marten => marten.AddAsyncDaemon(DaemonMode.Solo), log);
        var store = (DocumentStore)host.Services.GetRequiredService<IDocumentStore>();
        var id = await Plan(store.LightweightSession());
        await using (var session = store.LightweightSession())
        {
            session.Events.Append(id, new BoothReleased(id, "a secret reason"));
            await session.SaveChangesAsync(Ct);
        }

        var health = host.Services.GetRequiredService<HealthCheckService>();
        await Eventually.True(async () => (await health.CheckHealthAsync(Ct)).Entries["marten Brittle:All"].Status == HealthStatus.Unhealthy, "red");
        var report = await health.CheckHealthAsync(Ct);
        await Eventually.True(async () =>
        {
            Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(Ct)).Entries["marten Brittle:All"].Status);
            return log.All.Count(l => l.Text.StartsWith("Brittle:All stopped", StringComparison.Ordinal)) > 3;
        }, "it is tried again and again, and stays red");
        Assert.Equal(HealthStatus.Healthy, report.Entries["marten HallTally:All"].Status);
        Assert.Contains("booth_released", report.Entries["marten Brittle:All"].Description!, StringComparison.Ordinal);
        Assert.DoesNotContain(log.All, l => l.Text.Contains("a secret reason", StringComparison.Ordinal));
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_lost_race_is_a_debug_line_without_values()
    {
        var log = new LogLines();
        using var host = await Hosts.Start(server, Server.NewSchema(), _ => { }, _ => { }, log);
        var store = (DocumentStore)host.Services.GetRequiredService<IDocumentStore>();
        var id = await Plan(store.LightweightSession());
        await Assert.ThrowsAnyAsync<Exception>(() => Plan(store.LightweightSession(), id, "a secret hall"));
        Assert.Contains(log.All, l => l.Level == LogLevel.Debug && l.Text.Contains("Somebody else was first", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, l => l.Level >= LogLevel.Warning);
        Assert.DoesNotContain(log.All, l => l.Text.Contains("a secret hall", StringComparison.Ordinal));
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task Appends_conflicts_pages_and_lag_are_counted()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Meter.Name == "Marten") meters.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => seen[instrument.Name] = 1);
        listener.Start();
        var told = new System.Collections.Concurrent.ConcurrentQueue<System.Diagnostics.Activity>();
        using var traces = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == "Marten",
            Sample = (ref _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = told.Enqueue,
        };
        System.Diagnostics.ActivitySource.AddActivityListener(traces);
        await using var store = server.Store(o => o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        var id = await Plan(store.LightweightSession());
        await Assert.ThrowsAnyAsync<Exception>(() => Plan(store.LightweightSession(), id));
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await Eventually.True(() => seen.ContainsKey("marten.shard.page"), "a page was counted");
        listener.RecordObservableInstruments();
        using (daemon.Tracker.Subscribe(new Each(state =>
        {
            if (state.Mode == JasperFx.Events.Projections.ShardMode.rebuilding) listener.RecordObservableInstruments();
        })))
            await daemon.RebuildProjectionAsync<HallTally>(Ct);
        await daemon.StopAllAsync();
        Assert.All((string[])["marten.event.append", "marten.conflicts", "marten.shard.page", "marten.rebuild.position", "marten.rebuild.target"], name => Assert.True(seen[name] > 0, name));
        Assert.All((string[])["marten.shard.lag", "marten.shard.paused", "marten.mark.held"], name => Assert.True(seen.ContainsKey(name), name));
        Assert.Contains(told, a => a.OperationName == "marten.save" && a.Status == System.Diagnostics.ActivityStatusCode.Unset);
        Assert.Contains(told, a => a.OperationName == "marten.save" && a.StatusDescription == "conflict");
        Assert.Contains(told, a => a.OperationName == "marten.page" && a.GetTagItem("shard") is "HallTally:All");
    }

    private static async Task<Guid> Plan(IDocumentSession opened, Guid? id = null, string hall = "A")
    {
        await using var session = opened;
        var stream = id ?? Guid.CreateVersion7();
        session.Events.StartStream<Booth>(stream, new BoothPlanned(stream, hall, 1));
        await session.SaveChangesAsync(Ct);
        return stream;
    }

    private sealed class Each(Action<JasperFx.Events.Projections.ShardState> tell) : IObserver<JasperFx.Events.Projections.ShardState>
    {
        public void OnCompleted() { }
        public void OnError(Exception error) { }
        public void OnNext(JasperFx.Events.Projections.ShardState value) => tell(value);
    }
}
