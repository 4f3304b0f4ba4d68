using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;

namespace Expo.Marten.Tests.Daemon;

public sealed class DaemonTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asynchronous_projections_equal_what_the_events_say()
    {
        await using var store = server.Store(o =>
        {
            o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
            o.Projections.Add<ReleaseNotes>(ProjectionLifecycle.Async);
            o.Projections.Snapshot<Hall>(SnapshotLifecycle.Async);
        });
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        var random = new Random(7);
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids) await Plan(store, id, random.Next(3) == 0 ? "A" : "B");
        var hall = Guid.CreateVersion7();
        for (var i = 0; i < 60; i++)
        {
            var id = ids[random.Next(ids.Count)];
            await using var session = store.LightweightSession();
            var booth = await session.Events.FetchForWriting<Booth>(id, Ct);
            booth.AppendOne(booth.Aggregate!.Status == BoothStatus.Held ? new BoothReleased(id, $"r{i}") : new BoothReserved(id, Guid.CreateVersion7()));
            if (i == 0) session.Events.StartStream<Hall>(hall, new HallOpened("A"));
            else session.Events.Append(hall, i + 1, new VisitorCounted(i));
            await session.SaveChangesAsync(Ct);
        }

        await daemon.WaitForNonStaleData(Eventually.Patience);
        await using var query = store.LightweightSession();
        Assert.Equal(ids.Count, (await query.LoadAsync<HallTally>("A", Ct))!.Booths + (await query.LoadAsync<HallTally>("B", Ct))!.Booths);
        var released = await query.QueryAsync<string>($"select data ->> 'Reason' from {store.Options.DatabaseSchemaName}.mt_events where type = 'booth_released'", Ct);
        var notes = await query.QueryAsync<ReleaseNote>("order by data ->> 'Reason'", Ct);
        Assert.Equal(released.Order(StringComparer.Ordinal), notes.Select(n => n.Reason).Order(StringComparer.Ordinal));
        var live = await query.Events.AggregateStreamAsync<Hall>(hall, token: Ct);
        var stored = await query.LoadAsync<Hall>(hall, Ct);
        Assert.Equal((live!.People, live.Version), (stored!.People, stored.Version));

        await daemon.RebuildProjectionAsync<HallTally>(Ct);
        Assert.Equal(ids.Count, (await query.LoadAsync<HallTally>("A", Ct))!.Booths + (await query.LoadAsync<HallTally>("B", Ct))!.Booths);
        await daemon.StopAllAsync();
    }

    [Fact]
    public async Task A_subscription_sees_each_event_in_order_and_a_failed_page_again()
    {
        var recorder = new Recorder { FailAt = 5, Failures = 2 };
        await using var store = Following(recorder);
        for (var i = 0; i < 8; i++) await Plan(store, Guid.CreateVersion7(), "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), recorder.Seen.Select(e => e.Sequence).Distinct());
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8], recorder.Seen.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_restarted_daemon_goes_on_where_the_last_one_stopped()
    {
        var schema = Server.NewSchema();
        var first = new Recorder();
        await using (var store = Following(first, schema))
        {
            using var daemon = await store.BuildProjectionDaemonAsync();
            await daemon.StartAllAsync();
            await Plan(store, Guid.CreateVersion7(), "A");
            await Eventually.True(() => first.Seen.Count == 1, "the first event");
            await daemon.WaitForNonStaleData(Eventually.Patience);
            await daemon.StopAllAsync();
            await Plan(store, Guid.CreateVersion7(), "A");
        }

        var second = new Recorder();
        await using var again = Following(second, schema);
        using var next = await again.BuildProjectionDaemonAsync();
        await next.CatchUpAsync(Ct);
        Assert.Equal([2L], second.Seen.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_throwing_projection_stops_alone_and_never_passes_the_event()
    {
        var recorder = new Recorder();
        await using var store = Following(recorder, configure: o => o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async));
        var id = Guid.CreateVersion7();
        await Plan(store, id, "A");
        await using (var session = store.LightweightSession())
        {
            session.Events.Append(id, new BoothReleased(id, "poison"));
            await session.SaveChangesAsync(Ct);
        }

        await Plan(store, Guid.CreateVersion7(), "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        // It tries again from time to time, so all must be seen at one moment.
        await Eventually.True(
            () => daemon.StatusFor("Brittle:All") == AgentStatus.Paused && daemon.HasAnyPaused() && recorder.Seen.Count == 3, "one shard paused, the other done");
        Assert.Equal(1, await store.Advanced.ProjectionProgressFor(new ShardName("Brittle"), token: Ct));
        await using var query = store.QuerySession();
        Assert.Equal(1, (await query.LoadAsync<Brittle>(id, Ct))!.Count);
        await daemon.StopAllAsync();
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_stops_the_shard_just_before_it()
    {
        await using var store = server.Store(o => o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async));
        for (var i = 0; i < 5; i++) await Plan(store, Guid.CreateVersion7(), "A");
        await server.Texts($"update {store.Options.DatabaseSchemaName}.mt_events set data = '{{\"Number\": \"many\"}}' where seq_id = 4 returning type");
        using var daemon = await store.BuildProjectionDaemonAsync();
        var failed = await Assert.ThrowsAsync<EventLoaderException>(() => daemon.CatchUpAsync(Ct));
        Assert.DoesNotContain("many", failed.ToString(), StringComparison.Ordinal);
        await using var query = store.QuerySession();
        Assert.Equal(3, (await query.LoadAsync<HallTally>("A", Ct))!.Booths);
        Assert.Equal(3, await store.Advanced.ProjectionProgressFor(new ShardName("HallTally"), token: Ct));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("'{\"Reason\": 1}'")]
    public async Task A_stopped_shard_stands_right_before_its_event_whatever_others_see_in_between(string released)
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async));
        await using var session = store.LightweightSession();
        var id = Guid.CreateVersion7();
        session.Events.StartStream<Brittle>(id, new HallClosed(), new HallClosed(), new HallClosed(), new BoothReleased(id, "poison"));
        await session.SaveChangesAsync(Ct);
        await server.Texts($"update {store.Options.DatabaseSchemaName}.mt_events set data = {released} where seq_id = 4 returning type");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => daemon.CatchUpAsync(Ct));
        Assert.Equal(3, await store.Advanced.ProjectionProgressFor(new ShardName("Brittle"), token: Ct));
    }

    [Fact]
    public async Task An_event_is_skipped_only_when_told_to_and_then_kept_as_a_dead_letter()
    {
        await using var store = server.Store(o =>
        {
            o.Projections.Errors.SkipApplyErrors = true;
            o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async);
        });
        var id = Guid.CreateVersion7();
        await Plan(store, id, "A");
        await using var session = store.LightweightSession();
        session.Events.Append(id, new BoothReleased(id, "poison"));
        await session.SaveChangesAsync(Ct);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        Assert.Equal(1, (await session.LoadAsync<Brittle>(id, Ct))!.Count);
        var dead = Assert.Single(await session.QueryAsync<DeadLetterEvent>("order by d.id", Ct));
        Assert.Equal(("Brittle", 2L), (dead.ProjectionName, dead.EventSequence));
        Assert.DoesNotContain("poison", dead.ExceptionMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_sees_every_event_while_the_daemon_moves_the_snapshot_beside_it()
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Visits>(SnapshotLifecycle.Async));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        var ids = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(ids.Select(async id =>
        {
            for (var i = 0; i < 200; i++)
            {
                await using var session = store.LightweightSession();
                var visits = await session.Events.FetchForWriting<Visits>(id, Ct);
                Assert.Equal((visits.StartingVersion!.Value, i), (visits.Aggregate?.Count ?? 0, visits.Aggregate?.Count ?? 0));
                visits.AppendOne(new VisitorCounted(1));
                await session.SaveChangesAsync(Ct);
            }
        }));
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();
        await using var query = store.QuerySession();
        Assert.All(await query.LoadManyAsync<Visits>(Ct, [.. ids]), visits => Assert.Equal(200, visits.Count));
    }

    [Fact]
    public async Task A_new_subscription_may_begin_at_the_present()
    {
        var recorder = new Recorder();
        recorder.Options.SubscribeFromPresent();
        await using var store = Following(recorder);
        await Plan(store, Guid.CreateVersion7(), "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForShardToBeRunning("Recorder:All", Eventually.Patience);
        await Plan(store, Guid.CreateVersion7(), "B");
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();
        Assert.Equal(["B"], recorder.Seen.Select(e => ((BoothPlanned)e.Data).Hall));
    }

    private DocumentStore Following(Recorder recorder, string? schema = null, Action<StoreOptions>? configure = null) => server.Store(o =>
    {
        o.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(20);
        o.Projections.Subscribe(recorder);
        configure?.Invoke(o);
    }, schema);

    private static async Task Plan(DocumentStore store, Guid id, string hall)
    {
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(id, new BoothPlanned(id, hall, 1));
        await session.SaveChangesAsync(Ct);
    }

    public sealed class Visits
    {
        public Guid Id { get; set; }
        public int Count { get; set; }

        public void Apply(VisitorCounted e) => Count += e.People;
    }
}
