using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Exceptions;

namespace Expo.Marten.Tests.Events;

public sealed class AppendTests(Server server)
{
    private readonly Guid _id = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_stream_is_fetched_without_aggregate_and_started_by_its_first_append()
    {
        await using var store = server.Store();
        await using (var session = store.LightweightSession())
        {
            var stream = await session.Events.FetchForWriting<Booth>(_id, Ct);
            Assert.Null(stream.Aggregate);
            Assert.Equal(0, stream.StartingVersion);
            stream.AppendMany(new BoothPlanned(_id, "A", 12), new BoothReserved(_id, _id));
            await session.SaveChangesAsync(Ct);
            Assert.Equal([1L, 2L], stream.Events.Select(e => e.Version));
            Assert.All(stream.Events, e => Assert.True(e.Sequence > 0));
        }

        await using var reading = store.LightweightSession();
        var again = await reading.Events.FetchForWriting<Booth>(_id, Ct);
        Assert.Equal(new Booth(_id, BoothStatus.Held, _id, 2), again.Aggregate);
        Assert.Equal(2, again.CurrentVersion);
    }

    [Fact]
    public async Task Metadata_is_stored_with_each_event()
    {
        await using var store = server.Store(o => o.Events.MetadataConfig.UserNameEnabled = true);
        await using var session = store.LightweightSession();
        (session.CorrelationId, session.CausationId, session.LastModifiedBy) = ("c1", "c2", "officer");
        session.SetHeader("edition", "2023");
        session.Events.StartStream<Booth>(_id, new BoothPlanned(_id, "A", 12));
        await session.SaveChangesAsync(Ct);

        var e = Assert.Single(await session.Events.FetchStreamAsync(_id, token: Ct));
        Assert.Equal(("c1", "c2", "officer", "2023"), (e.CorrelationId, e.CausationId, e.UserName, (string)e.Headers!["edition"]));
        Assert.Equal("booth_planned", e.EventTypeName);
        Assert.Equal(e.Id, (await session.Events.LoadAsync(e.Id, Ct))!.Id);
        Assert.True(TimeProvider.System.GetUtcNow() - e.Timestamp < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_second_of_two_writers_conflicts_and_costs_no_sequence_number()
    {
        await using var store = server.Store();
        await Start(store);
        await using var first = store.LightweightSession();
        await using var second = store.LightweightSession();
        (await first.Events.FetchForWriting<Booth>(_id, Ct)).AppendOne(new BoothReserved(_id, _id));
        (await second.Events.FetchForWriting<Booth>(_id, Ct)).AppendOne(new BoothReserved(_id, _id));
        await first.SaveChangesAsync(Ct);
        await Assert.ThrowsAsync<EventStreamUnexpectedMaxEventIdException>(() => second.SaveChangesAsync(Ct));
        Assert.Equal(2, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventSequenceNumber);
    }

    [Fact]
    public async Task Starting_a_stream_twice_collides()
    {
        await using var store = server.Store();
        await Start(store);
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(_id, new BoothPlanned(_id, "B", 1));
        await Assert.ThrowsAsync<ExistingStreamIdCollisionException>(() => session.SaveChangesAsync(Ct));
        Assert.Equal(1, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventSequenceNumber);
    }

    [Fact]
    public async Task A_stream_cannot_be_started_without_events()
    {
        await using var store = server.Store();
        await using var session = store.LightweightSession();
        Assert.Throws<EmptyEventStreamException>(() => session.Events.StartStream<Booth>(_id));
    }

    [Fact]
    public async Task Fetching_with_another_version_than_expected_is_refused_at_once()
    {
        await using var store = server.Store();
        await Start(store);
        await using var session = store.LightweightSession();
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.Events.FetchForWriting<Booth>(_id, 7, Ct));
        Assert.NotNull((await session.Events.FetchForWriting<Booth>(_id, 1, Ct)).Aggregate);
    }

    [Fact]
    public async Task An_append_names_the_version_the_stream_will_have()
    {
        await using var store = server.Store();
        await Start(store);
        await using var session = store.LightweightSession();
        session.Events.Append(_id, 2, new BoothReserved(_id, _id));
        await session.SaveChangesAsync(Ct);
        session.Events.Append(_id, 2, new BoothReleased(_id, "again"));
        await Assert.ThrowsAsync<EventStreamUnexpectedMaxEventIdException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task An_append_without_a_version_keeps_the_snapshot_current()
    {
        await using var store = server.Store();
        await Start(store);
        await using var session = store.LightweightSession();
        session.Events.Append(_id, new BoothReserved(_id, _id));
        await session.SaveChangesAsync(Ct);
        Assert.Equal(BoothStatus.Held, (await session.LoadAsync<Booth>(_id, Ct))!.Status);
        Assert.Equal(2, (await session.Events.FetchStreamStateAsync(_id, Ct))!.Version);
    }

    [Fact]
    public async Task Nothing_can_be_appended_to_an_archived_stream()
    {
        await using var store = server.Store();
        await Start(store);
        await using var session = store.LightweightSession();
        session.Events.ArchiveStream(_id);
        await session.SaveChangesAsync(Ct);
        Assert.True((await session.Events.FetchStreamStateAsync(_id, Ct))!.IsArchived);
        Assert.Empty(await session.Events.FetchStreamAsync(_id, token: Ct));
        session.Events.Append(_id, 2, new BoothReleased(_id, "late"));
        await Assert.ThrowsAsync<InvalidStreamOperationException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task An_exclusive_writer_lets_the_next_one_wait()
    {
        await using var store = server.Store();
        await Start(store);
        await using var first = store.LightweightSession();
        await using var second = store.LightweightSession();
        (await first.Events.FetchForExclusiveWriting<Booth>(_id, Ct)).AppendOne(new BoothReserved(_id, _id));
        var waiting = second.Events.FetchForExclusiveWriting<Booth>(_id, Ct);
        await first.SaveChangesAsync(Ct);
        var stream = await waiting;
        Assert.Equal((2L, BoothStatus.Held), (stream.StartingVersion!.Value, stream.Aggregate!.Status));
        stream.AppendOne(new BoothReleased(_id, "done"));
        await second.SaveChangesAsync(Ct);
    }

    [Fact]
    public async Task Conventional_aggregates_are_created_applied_and_deleted()
    {
        await using var store = server.Store(o => o.Projections.Snapshot<Hall>(SnapshotLifecycle.Inline));
        await using var session = store.LightweightSession();
        session.Events.StartStream<Hall>(_id, new HallOpened("East"), new VisitorCounted(3));
        await session.SaveChangesAsync(Ct);
        var hall = await session.LoadAsync<Hall>(_id, Ct);
        Assert.Equal((_id, "East", 3, 2L), (hall!.Id, hall.Name, hall.People, hall.Version));
        var live = await session.Events.AggregateStreamAsync<Hall>(_id, version: 1, token: Ct);
        Assert.Equal((0, 1L), (live!.People, live.Version));

        session.Events.Append(_id, new HallClosed());
        await session.SaveChangesAsync(Ct);
        Assert.Null(await session.LoadAsync<Hall>(_id, Ct));
    }

    [Fact]
    public async Task A_snapshot_registered_late_is_folded_from_what_it_missed()
    {
        var schema = Server.NewSchema();
        await using (var before = DocumentStore.For(o =>
        {
            o.Connection(server.ConnectionString);
            o.DatabaseSchemaName = schema;
            o.Events.MetadataConfig.EnableAll();
        }))
        {
            await Start(before);
        }

        await using var store = server.Store(schema: schema);
        await using var session = store.LightweightSession();
        Assert.Equal(BoothStatus.Free, (await session.Events.FetchForWriting<Booth>(_id, Ct)).Aggregate!.Status);
    }

    [Fact]
    public async Task A_decision_without_events_can_still_insist_on_the_version_it_saw()
    {
        await using var store = server.Store();
        await Start(store);
        await using var reader = store.LightweightSession();
        var seen = await reader.Events.FetchForWriting<Booth>(_id, Ct);
        seen.AlwaysEnforceConsistency = true;
        await using var writer = store.LightweightSession();
        await writer.Events.WriteToAggregate<Booth>(_id, stream => stream.AppendOne(new BoothReserved(_id, _id)), Ct);
        await Assert.ThrowsAsync<EventStreamUnexpectedMaxEventIdException>(() => reader.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task A_session_goes_on_with_its_stream_after_a_save()
    {
        await using var store = server.Store();
        await Start(store);
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForWriting<Booth>(_id, Ct);
        stream.AppendOne(new BoothReserved(_id, _id));
        (await session.Events.FetchForWriting<Booth>(_id, Ct)).AppendOne(new BoothReleased(_id, "x"));
        await session.SaveChangesAsync(Ct);
        stream.TryFastForwardVersion();
        stream.AppendOne(new BoothReserved(_id, _id));
        await session.SaveChangesAsync(Ct);
        Assert.Equal(4, (await session.Events.FetchLatest<Booth>(_id, Ct))!.Changes);
    }

    private async Task Start(DocumentStore store)
    {
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(_id, new BoothPlanned(_id, "A", 12));
        await session.SaveChangesAsync(Ct);
    }
}
