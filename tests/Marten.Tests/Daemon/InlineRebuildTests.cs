using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events.Projections;
using Marten;
using static Expo.Marten.Tests.Setup.BoothWork;

namespace Expo.Marten.Tests.Daemon;

/// <summary>Inline snapshots are rebuilt while decisions are made on them.</summary>
public sealed class InlineRebuildTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_inline_snapshot_is_rebuilt_while_its_streams_are_written()
    {
        await using var store = server.Store();
        var ids = new List<Guid>();
        for (var i = 0; i < 40; i++) ids.Add(await Plan(store, "A"));
        var schema = store.Options.DatabaseSchemaName;
        await server.Texts($"update {schema}.mt_doc_booth set data = jsonb_set(data, '{{Changes}}', '-1000') returning id::text");
        using var daemon = await store.BuildProjectionDaemonAsync();
        using var done = new CancellationTokenSource();
        var busy = ids.Take(8).ToList();
        var writing = Task.WhenAll(busy.Select(async id =>
        {
            // Their snapshots are wrong before the swap; what was decided on one and is saved after it is decided again.
            while (!done.IsCancellationRequested)
                try
                {
                    await Append(store, id, new BoothReserved(id, id));
                }
                catch (ConcurrencyException)
                {
                }
        }));
        await daemon.RebuildProjectionAsync<Booth>(Ct);
        await done.CancelAsync();
        await writing;

        await using var query = store.QuerySession();
        foreach (var id in ids)
            Assert.Equal(await query.Events.AggregateStreamAsync<Booth>(id, token: Ct), await query.LoadAsync<Booth>(id, Ct));
    }

    [Fact]
    public async Task A_decision_on_a_snapshot_that_a_rebuild_has_replaced_since_is_refused_and_right_when_made_again()
    {
        await using var store = server.Store();
        var (schema, id) = (store.Options.DatabaseSchemaName, await Plan(store, "A"));
        await server.Texts($"update {schema}.mt_doc_booth set data = jsonb_set(data, '{{Changes}}', '-1000') returning id::text");
        await using var late = store.LightweightSession();
        var booth = await late.Events.FetchForWriting<Booth>(id, Ct);
        booth.AppendOne(new BoothReserved(id, id));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<Booth>(Ct);
        await Assert.ThrowsAsync<ConcurrencyException>(() => late.SaveChangesAsync(Ct));

        await using var query = store.QuerySession();
        Assert.Equal(1, (await query.LoadAsync<Booth>(id, Ct))!.Changes);
        Assert.Single(await query.Events.FetchStreamAsync(id, token: Ct));
        await Append(store, id, new BoothReserved(id, id));
        Assert.Equal(new Booth(id, BoothStatus.Held, id, 2), await query.LoadAsync<Booth>(id, Ct));
    }

    [Theory]
    [InlineData(typeof(VisitorCounted))]
    [InlineData(typeof(HallClosed))]
    public async Task A_snapshot_that_a_rebuild_has_taken_away_is_neither_brought_back_nor_taken_for_what_was_there(Type then)
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Hall>(SnapshotLifecycle.Inline));
        var (schema, id) = (store.Options.DatabaseSchemaName, Guid.CreateVersion7());
        await using var session = store.LightweightSession();
        session.Events.StartStream<Hall>(id, new HallOpened("East"));
        await session.SaveChangesAsync(Ct);
        await server.Texts($"update {schema}.mt_events set type = 'hall_closed', data = '{{}}' returning type::text"); // its fold has changed
        session.Events.StartStream<Hall>(Guid.CreateVersion7(), new HallOpened("West"));
        await session.SaveChangesAsync(Ct);
        (await session.Events.FetchForWriting<Hall>(id, Ct)).AppendOne(then == typeof(HallClosed) ? new HallClosed() : new VisitorCounted(1));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<Hall>(Ct);
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(Ct));
        Assert.Equal(["West"], await server.Texts($"select data ->> 'Name' from {schema}.mt_doc_hall"));
    }
}
