using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Events.Projections;

namespace Expo.Marten.Tests.Projections;

/// <summary>The same projection at once, later and on every read.</summary>
public sealed class LifecycleTests(Server server)
{
    private readonly Guid _id = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProjectionLifecycle.Inline)]
    [InlineData(ProjectionLifecycle.Async)]
    [InlineData(ProjectionLifecycle.Live)]
    public async Task One_document_of_a_stream_is_the_same_whenever_it_is_made(ProjectionLifecycle lifecycle)
    {
        await using var store = server.Store(o => o.Projections.Add<HallNotes>(lifecycle));
        await Append(store, new HallOpened("East"), new VisitorCounted(3));
        await Append(store, new VisitorCounted(4));
        await Expect(store, lifecycle, 7);
        await Append(store, new HallClosed());
        await Expect(store, lifecycle, null);
        await Append(store, new VisitorCounted(5));
        await Expect(store, lifecycle, 5);
    }

    [Theory]
    [InlineData(ProjectionLifecycle.Inline)]
    [InlineData(ProjectionLifecycle.Async)]
    public async Task Single_events_become_documents_at_once_or_later(ProjectionLifecycle lifecycle)
    {
        await using var store = server.Store(o => o.Projections.Add<ReleaseNotes>(lifecycle));
        await Append(store, new BoothReleased(_id, "moved"), new BoothReserved(_id, _id), new BoothReleased(_id, "sold"));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        Assert.Equal(["moved", "sold"], await Reasons(store));

        if (lifecycle == ProjectionLifecycle.Inline) return;
        await daemon.RebuildProjectionAsync<ReleaseNotes>(Ct);
        Assert.Equal(["moved", "sold"], await Reasons(store));
    }

    [Fact]
    public async Task An_event_that_cannot_be_projected_at_once_is_not_appended()
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Brittle>(SnapshotLifecycle.Inline));
        await Append(store, new BoothPlanned(_id, "A", 1));
        var failed = await Assert.ThrowsAsync<ApplyEventException>(() => Append(store, new BoothReleased(_id, "a secret reason")));
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventCount);
    }

    [Fact]
    public async Task Rows_that_stand_for_failed_appends_of_the_real_package_are_no_events()
    {
        var recorder = new Recorder();
        await using var store = server.Store(o => o.Projections.Subscribe(recorder));
        await Append(store, new BoothPlanned(_id, "A", 1));
        var (schema, nobody) = (store.Options.DatabaseSchemaName, Guid.CreateVersion7());
        await server.Texts($"insert into {schema}.mt_streams (id, version) values ('{nobody}', 0) returning id::text");
        await server.Texts($$"""
            insert into {{schema}}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
            select n, gen_random_uuid(), '{{nobody}}', n, '{}', 'tombstone', '-infinity', 'JasperFx.Events.Tombstone, JasperFx.Events'
            from (select nextval('{{schema}}.mt_events_sequence') as n) s returning type
            """);
        await Append(store, new BoothReserved(_id, _id));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        Assert.Equal([1L, 3L], recorder.Seen.Select(e => e.Sequence));
        await store.Advanced.ApplyEventDataMasking(masking => masking.IncludeEvents(_ => true), Ct);
    }

    private async Task Append(DocumentStore store, params object[] events)
    {
        await using var session = store.LightweightSession();
        session.Events.Append(_id, events);
        await session.SaveChangesAsync(Ct);
    }

    private async Task Expect(DocumentStore store, ProjectionLifecycle lifecycle, int? people)
    {
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        await using var session = store.LightweightSession();
        Assert.Equal(people, (await session.Events.AggregateStreamAsync<HallNote>(_id, token: Ct))?.People);
        Assert.Equal(people, (await session.Events.FetchLatest<HallNote>(_id, Ct))?.People);
        if (lifecycle != ProjectionLifecycle.Live) Assert.Equal(people, (await session.LoadAsync<HallNote>(_id, Ct))?.People);
    }

    private Task<IReadOnlyList<string>> Reasons(DocumentStore store) =>
        server.Texts($"select data ->> 'Reason' from {store.Options.DatabaseSchemaName}.mt_doc_releasenote order by 1");

    public sealed class HallNote
    {
        public Guid Id { get; set; }
        public int People { get; set; }
    }

    public sealed class HallNotes : SingleStreamProjection<HallNote, Guid>
    {
        public HallNotes() => DeleteEvent<HallClosed>();

        public static HallNote Create(HallOpened e) => new();

        public static void Apply(VisitorCounted e, HallNote note) => note.People += e.People;
    }
}
