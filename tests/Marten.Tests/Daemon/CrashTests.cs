using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Events.Projections;

namespace Expo.Marten.Tests.Daemon;

/// <summary>PostgreSQL is killed with all its processes, at a bad moment.</summary>
public sealed class CrashTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_acknowledged_append_is_lost_and_the_read_model_is_right_after_the_server_was_killed_twice()
    {
        await using var crashing = new CrashingServer();
        await crashing.StartAsync(Ct);
        await using var store = server.Store(o =>
        {
            o.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(50);
            o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
        }, connectionString: crashing.ConnectionString);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();

        var (acknowledged, unknown) = (0, 0);
        using var enough = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Write()));
        for (var crash = 1; crash <= 2; crash++)
        {
            await Eventually.True(() => Volatile.Read(ref acknowledged) > crash * 200, "appends go on");
            await crashing.KillAsync();
            await crashing.StartAsync(Ct);
        }

        await Eventually.True(() => Volatile.Read(ref acknowledged) > 600, "appends go on");
        await enough.CancelAsync();
        await writing;
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();

        await using var query = store.QuerySession();
        var streams = (await query.QueryAsync<int>($"select count(*) from {store.Options.DatabaseSchemaName}.mt_streams where version = 2", Ct))[0];
        Assert.True(unknown > 0, "no append met a crash");
        Assert.InRange(streams, acknowledged, acknowledged + unknown);
        Assert.Equal(streams, (await query.LoadAsync<HallTally>("A", Ct))!.Booths);
        Assert.Equal(streams, (await query.QueryAsync<int>($"select count(*) from {store.Options.DatabaseSchemaName}.mt_doc_booth where mt_version = 2", Ct))[0]);

        async Task Write()
        {
            while (!enough.IsCancellationRequested)
            {
                var id = Guid.CreateVersion7();
                await using var session = store.LightweightSession();
                session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1), new BoothReserved(id, id));
                try
                {
                    await session.SaveChangesAsync(CancellationToken.None);
                    Interlocked.Increment(ref acknowledged);
                }
                catch (Exception e) when (e is not Xunit.Sdk.XunitException)
                {
                    Interlocked.Increment(ref unknown);
                    await Task.Delay(50, CancellationToken.None);
                }
            }
        }
    }

    [Fact]
    public async Task A_rebuild_cut_off_by_a_killed_server_leaves_the_old_read_model_and_can_be_done_again()
    {
        await using var crashing = new CrashingServer();
        await crashing.StartAsync(Ct);
        var tally = new HeldTally(after: 10_000);
        await using var store = server.Store(o => o.Projections.Add(tally, ProjectionLifecycle.Async), connectionString: crashing.ConnectionString);
        for (var page = 0; page < 20; page++)
        {
            await using var session = store.LightweightSession();
            var id = Guid.CreateVersion7();
            session.Events.StartStream<Booth>(id, Enumerable.Range(0, 1000).Select(n => new BoothPlanned(id, n % 2 == 0 ? "A" : "B", n)));
            await session.SaveChangesAsync(Ct);
        }

        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        tally.Gate = killed.Task;
        var reached = new Reached(5_000);
        using (daemon.Tracker.Subscribe(reached))
        {
            var rebuilding = daemon.RebuildProjectionAsync<HallTally>(Ct);
            await Task.WhenAny(reached.Done, rebuilding);
            var told = await reached.Done;
            Assert.Equal((ShardMode.rebuilding, 20_000), (told.Mode, told.RebuildThreshold));
            await crashing.KillAsync();
            killed.SetResult();
            await Assert.ThrowsAnyAsync<Exception>(() => rebuilding);
        }

        await crashing.StartAsync(Ct);
        await using var query = store.QuerySession();
        Assert.Equal(10_000, (await query.LoadAsync<HallTally>("A", Ct))!.Booths);
        await daemon.RebuildProjectionAsync<HallTally>(Ct);
        Assert.Equal(10_000, (await query.LoadAsync<HallTally>("B", Ct))!.Booths);
    }

    /// <summary>Counts booths; from an event on it waits until it may go on.</summary>
    public sealed class HeldTally : MultiStreamProjection<HallTally, string>
    {
        private readonly long _after;

        public HeldTally(long after)
        {
            _after = after;
            Identity<BoothPlanned>(e => e.Hall);
        }

        public Task Gate { get; set; } = Task.CompletedTask;

        public override async ValueTask<HallTally?> EvolveAsync(HallTally? snapshot, string id, IQuerySession session, IEvent e, CancellationToken cancellation)
        {
            if (e.Sequence > _after) await Gate;
            return new HallTally { Id = id, Booths = (snapshot?.Booths ?? 0) + 1 };
        }
    }

    private sealed class Reached(long sequence) : IObserver<ShardState>
    {
        private readonly TaskCompletionSource<ShardState> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ShardState> Done => _done.Task;

        public void OnCompleted() { }
        public void OnError(Exception error) { }

        public void OnNext(ShardState value)
        {
            if (value.ShardName != ShardState.HighWaterMark && value.Sequence >= sequence) _done.TrySetResult(value);
        }
    }
}
