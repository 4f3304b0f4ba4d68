using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Events.Projections;
using static Expo.Marten.Tests.Setup.BoothWork;

namespace Expo.Marten.Tests.Daemon;

public sealed class RebuildTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_see_the_old_read_model_until_a_rebuild_is_complete_and_what_is_appended_meanwhile_is_in_it()
    {
        var schema = Server.NewSchema();
        await using var live = server.Store(o =>
        {
            o.Projections.AgentPauseTime = TimeSpan.FromMilliseconds(20);
            o.Projections.Add(new SlowTally(null), ProjectionLifecycle.Async);
        }, schema);
        using var running = await live.BuildProjectionDaemonAsync();
        await running.StartAllAsync();
        for (var i = 0; i < 30; i++) await Plan(live, "A");
        await running.WaitForNonStaleData(Eventually.Patience);
        await server.Texts($"update {schema}.mt_doc_halltally set data = jsonb_set(data, '{{Booths}}', '1030') returning id");

        // Another node rebuilds and is held up half-way.
        var gate = new TaskCompletionSource();
        await using var elsewhere = server.Store(o => o.Projections.Add(new SlowTally(gate.Task), ProjectionLifecycle.Async), schema);
        using var rebuilder = await elsewhere.BuildProjectionDaemonAsync();
        var rebuilding = rebuilder.RebuildProjectionAsync("HallTally", Eventually.Patience, Ct);
        await Eventually.True(async () => await server.Scalar<bool>($"select to_regclass('{schema}.mt_doc_halltally_rebuild') is not null"), "the copy is there");
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.RebuildProjectionAsync("HallTally", Eventually.Patience, Ct));
        for (var i = 0; i < 10; i++) await Plan(live, "A");
        await running.WaitForNonStaleData(Eventually.Patience);
        Assert.Equal(1040, await Booths(live));

        gate.SetResult();
        await rebuilding;
        Assert.Equal(40, await Booths(live));
        await Plan(live, "A");
        await running.WaitForNonStaleData(Eventually.Patience);
        Assert.Equal(41, await Booths(live));
        await running.StopAllAsync();
        Assert.False(await server.Scalar<bool>($"select to_regclass('{schema}.mt_doc_halltally_rebuild') is not null"));
    }

    [Fact]
    public async Task A_rebuild_that_meets_an_event_it_cannot_apply_changes_nothing()
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async));
        var id = await Plan(store, "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        await Append(store, id, new BoothReleased(id, "poison"));
        var failed = await Assert.ThrowsAsync<ApplyEventException>(() => daemon.RebuildProjectionAsync<Brittle>(Ct));
        Assert.DoesNotContain("poison", failed.Message, StringComparison.Ordinal);
        await using var query = store.QuerySession();
        Assert.Equal(1, (await query.LoadAsync<Brittle>(id, Ct))!.Count);
        Assert.Equal(1, await store.Advanced.ProjectionProgressFor(new ShardName("Brittle"), token: Ct));
    }

    [Fact]
    public async Task A_projection_that_does_not_name_its_documents_is_not_rebuilt_over_them()
    {
        await using var store = server.Store(o => o.Projections.Add<PlanNotes>(ProjectionLifecycle.Async));
        await Plan(store, "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        var refused = await Assert.ThrowsAsync<InvalidProjectionException>(() => daemon.RebuildProjectionAsync(typeof(PlanNotes).FullName!, Ct));
        Assert.Contains("DeleteViewTypeOnTeardown", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archived_streams_are_part_of_a_rebuild()
    {
        await using var store = server.Store(o => o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async));
        var first = await Plan(store, "A");
        await Plan(store, "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        await using var session = store.LightweightSession();
        session.Events.ArchiveStream(first);
        await session.SaveChangesAsync(Ct);
        await daemon.RebuildProjectionAsync<HallTally>(Ct);
        Assert.Equal(2, await Booths(store));
    }

    [Fact]
    public async Task A_projection_that_writes_by_sql_text_is_not_rebuilt_and_says_why()
    {
        await using var store = server.Store(o =>
        {
            o.RegisterDocumentType<ReleaseNote>();
            o.Projections.Add<SqlNotes>(ProjectionLifecycle.Async);
        });
        var schema = store.Options.DatabaseSchemaName;
        await Plan(store, "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        store.Options.Projections.RebuildErrors.SkipApplyErrors = true; // not what this is for
        var refused = await Assert.ThrowsAsync<InvalidProjectionException>(() => daemon.RebuildProjectionAsync<SqlNotes>(Ct));
        Assert.Contains("writes by SQL cannot be rebuilt beside its live tables", refused.Message, StringComparison.Ordinal);
        Assert.Contains("higher Version", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["by sql"], await server.Texts($"select data ->> 'Reason' from {schema}.mt_doc_releasenote"));
        Assert.False(await server.Scalar<bool>($"select to_regclass('{schema}.mt_doc_releasenote_rebuild') is not null"));
    }

    [Fact]
    public async Task A_later_version_of_a_projection_is_built_beside_the_earlier_one()
    {
        var schema = Server.NewSchema();
        await using var before = server.Store(o => o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async), schema);
        await Plan(before, "A");
        using (var daemon = await before.BuildProjectionDaemonAsync()) await daemon.CatchUpAsync(Ct);
        await using var after = server.Store(o => o.Projections.Add<TallyOfTwo>(ProjectionLifecycle.Async), schema);
        using (var daemon = await after.BuildProjectionDaemonAsync())
        {
            await daemon.CatchUpAsync(Ct);
            await daemon.RebuildProjectionAsync<TallyOfTwo>(Ct);
        }

        Assert.Equal((1, 2), (await Booths(before), await Booths(after)));
        Assert.Equal(["HallTally:All 1", "HallTally:V2:All 1"], await server.Texts($"select name || ' ' || last_seq_id from {schema}.mt_event_progression where name like 'HallTally%' order by 1"));
        Assert.True(await server.Scalar<bool>($"select to_regclass('{schema}.mt_doc_halltally_2') is not null"));
    }

    [Fact]
    public async Task A_rebuild_passes_over_what_it_cannot_apply_only_when_told_to()
    {
        await using var store = server.Store(o =>
        {
            o.Projections.RebuildErrors.SkipApplyErrors = true;
            o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Async);
        });
        var id = await Plan(store, "A");
        await Append(store, id, new BoothReleased(id, "poison"));
        await Plan(store, "B");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<Brittle>(Ct);
        await using var query = store.QuerySession();
        Assert.Equal([1, 1], await query.QueryAsync<int>($"select (data ->> 'Count')::int from {store.Options.DatabaseSchemaName}.mt_doc_brittle", Ct));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_rebuilt_projection_equals_the_live_one(int seed)
    {
        await using var store = server.Store(o =>
        {
            o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
            o.Projections.Add<ReleaseNotes>(ProjectionLifecycle.Async);
            o.Projections.Snapshot<Hall>(SnapshotLifecycle.Async, options => options.BatchSize = 7);
        });
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await new RandomWork(store, seed).Run(120, Ct);
        await daemon.WaitForNonStaleData(Eventually.Patience);
        string[] tables = ["halltally", "releasenote", "hall", "booth"];
        var before = await Task.WhenAll(tables.Select(t => Rows(store, t)));
        foreach (var name in (string[])["HallTally", typeof(ReleaseNotes).FullName!, "Hall", "Booth"]) await daemon.RebuildProjectionAsync(name, Ct);
        var after = await Task.WhenAll(tables.Select(t => Rows(store, t)));
        Assert.All(before, rows => Assert.NotEmpty(rows));
        Assert.Equal(before, after);
        await daemon.StopAllAsync();
    }

    // The version of a document that a projection merely stores is drawn anew each time.
    private Task<IReadOnlyList<string>> Rows(DocumentStore store, string table) => server.Texts(
        $"select id || ' ' || {(table == "releasenote" ? "''" : "mt_version")} || ' ' || data from {store.Options.DatabaseSchemaName}.mt_doc_{table} order by id");

    private static async Task<int> Booths(DocumentStore store)
    {
        await using var query = store.QuerySession();
        return (await query.LoadAsync<HallTally>("A", Ct))?.Booths ?? 0;
    }

    /// <summary>Writes its documents by a text of its own.</summary>
    public sealed class SqlNotes : EventProjection
    {
        public SqlNotes() => Options.DeleteViewTypeOnTeardown<ReleaseNote>();

        public static void Project(IEvent<BoothPlanned> e, IDocumentOperations operations) => operations.QueueSqlCommand(
            $"insert into {operations.DocumentStore.Options.DatabaseSchemaName}.mt_doc_releasenote (id, data) values (?, ?::jsonb)", e.Id, """{"Reason": "by sql"}""");
    }

    /// <summary>Counts every booth twice.</summary>
    [ProjectionVersion(2)]
    public sealed class TallyOfTwo : MultiStreamProjection<HallTally, string>
    {
        public TallyOfTwo() => Identity<BoothPlanned>(e => e.Hall);

        public void Apply(BoothPlanned e, HallTally tally) => tally.Booths += 2;
    }

    /// <summary>Counts booths, after whoever holds the gate has opened it.</summary>
    public sealed class SlowTally : MultiStreamProjection<HallTally, string>
    {
        private readonly Task? _gate;

        public SlowTally(Task? gate)
        {
            _gate = gate;
            Identity<BoothPlanned>(e => e.Hall);
        }

        public override async ValueTask<HallTally?> EvolveAsync(HallTally? snapshot, string id, IQuerySession session, IEvent e, CancellationToken cancellation)
        {
            if (_gate is not null) await _gate;
            return new HallTally { Id = id, Booths = (snapshot?.Booths ?? 0) + 1 };
        }
    }
}
