using Expo.Marten.Tests.Setup;
using Marten;

namespace Expo.Marten.Tests.Events;

public sealed class MaskingTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Masked_words_are_gone_from_events_archived_or_not_and_from_snapshots()
    {
        await using var store = server.Store(o =>
        {
            o.Events.AddMaskingRuleForProtectedInformation<HallOpened>(e => e with { Name = "****" });
            o.Projections.Snapshot<Hall>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
        });
        var (one, two, three) = (await Open(store), await Open(store), await Open(store));
        await using var session = store.LightweightSession();
        session.Events.ArchiveStream(two);
        await session.SaveChangesAsync(Ct);

        await store.Advanced.ApplyEventDataMasking(masking => masking.IncludeStream(one).IncludeStream(two).AddHeader("masked", "yes"), Ct);
        Assert.Equal(1, await Mentions(store, "mt_events"));
        Assert.Equal(1, await Mentions(store, "mt_doc_hall"));
        Assert.Equal(2, await server.Scalar<long>($"select count(*) from {store.Options.DatabaseSchemaName}.mt_events where headers ->> 'masked' = 'yes'"));

        await store.Advanced.ApplyEventDataMasking(masking => masking.IncludeEvents(e => e.StreamId == three), Ct);
        Assert.Equal(0, await Mentions(store, "mt_events"));
        Assert.Equal(0, await Mentions(store, "mt_doc_hall"));
        Assert.Equal(12, (await session.LoadAsync<Hall>(three, Ct))!.People);
    }

    [Fact]
    public async Task The_aggregate_can_be_seen_as_it_will_be_after_the_save_and_as_it_was_before_its_end()
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Hall>(JasperFx.Events.Projections.SnapshotLifecycle.Inline));
        var id = await Open(store);
        await using var session = store.LightweightSession();
        session.Events.Append(id, new VisitorCounted(3));
        Assert.Equal(15, (await session.Events.ProjectLatest<Hall>(id, Ct))!.People);
        await session.SaveChangesAsync(Ct);
        await session.Events.WriteToAggregate<Hall>(id, 3, hall => hall.AppendOne(new HallClosed()), Ct);
        Assert.Null(await session.LoadAsync<Hall>(id, Ct));
        Assert.Equal(15, (await session.Events.AggregateStreamToLastKnownAsync<Hall>(id, token: Ct))!.People);
    }

    [Fact]
    public async Task Who_has_read_the_words_before_they_were_masked_does_not_write_them_back()
    {
        await using var store = server.Store(o =>
        {
            o.Events.AddMaskingRuleForProtectedInformation<HallOpened>(e => e with { Name = "****" });
            o.Projections.Snapshot<Hall>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
        });
        var id = await Open(store);
        await using var session = store.LightweightSession();
        (await session.Events.FetchForWriting<Hall>(id, Ct)).AppendOne(new VisitorCounted(1));
        await store.Advanced.ApplyEventDataMasking(masking => masking.IncludeStream(id), Ct);
        await Assert.ThrowsAsync<JasperFx.ConcurrencyException>(() => session.SaveChangesAsync(Ct));
        Assert.Equal(0, await Mentions(store, "mt_doc_hall"));
    }

    private Task<long> Mentions(DocumentStore store, string table) =>
        server.Scalar<long>($"select count(*) from {store.Options.DatabaseSchemaName}.{table} t where t::text like '%Ada%'");

    private static async Task<Guid> Open(DocumentStore store)
    {
        var id = Guid.CreateVersion7();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Hall>(id, new HallOpened("Ada's hall"), new VisitorCounted(12));
        await session.SaveChangesAsync(Ct);
        return id;
    }
}
