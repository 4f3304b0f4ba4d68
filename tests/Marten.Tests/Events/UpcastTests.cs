using System.Text.Json;
using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Exceptions;
using Marten.Services.Json.Transformations;
using Json = Marten.Services.Json.Transformations.SystemTextJson;

namespace Expo.Marten.Tests.Events;

/// <summary>Every way in which a stored shape is read as the present one.</summary>
public sealed class UpcastTests(Server server)
{
    private readonly Guid _id = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

#pragma warning disable CA2263 // The forms that take a type are meant.
    public static TheoryData<string, string, Action<IEventStoreOptions>> Ways => new()
    {
        { "seat_taken", """{"Number": 7}""", events => events.Upcast<SeatTaken, SeatHeld>(old => Held(old)) },
        { "seat_taken", """{"Number": 7}""", events => events.Upcast<SeatTaken, SeatHeld>(Late) },
        { "old_seat", """{"Number": 7}""", events => events.Upcast<SeatTaken, SeatHeld>("old_seat", old => Held(old)) },
        { "old_seat", """{"Number": 7}""", events => events.Upcast<SeatTaken, SeatHeld>("old_seat", Late) },
        { "seat_taken_v3", """{"Number": 7}""", events => events.Upcast<SeatTaken, SeatHeld>(3, old => Held(old)) },
        { "seat_taken_v3", """{"Number": 7}""", events => events.Upcast<SeatTaken, SeatHeld>(3, Late) },
        { "old_seat", """{"Number": 7}""", events => events.Upcast<SeatHeld>("old_seat", JsonTransformations.Upcast<SeatTaken, SeatHeld>(old => Held(old))) },
        { "old_seat", """{"Number": 7}""", events => events.Upcast(typeof(SeatHeld), "old_seat", JsonTransformations.Upcast<SeatTaken, SeatHeld>(Late)) },
        { "seat_held", """{"No": 7}""", events => events.Upcast<SeatHeld>(Json.JsonTransformations.Upcast(Held)) },
        { "seat_held", """{"No": 7}""", events => events.Upcast(typeof(SeatHeld), Json.JsonTransformations.AsyncOnlyUpcast(LateJson)) },
        { "seat_held_v1", """{"No": 7}""", events => events.Upcast<SeatHeld>(1, Json.JsonTransformations.Upcast(Held)) },
        { "seat_held_v1", """{"No": 7}""", events => events.Upcast(typeof(SeatHeld), 1, Json.JsonTransformations.AsyncOnlyUpcast(LateJson)) },
        { "old_seat", """{"No": 7}""", events => events.Upcast<SeatHeld>("old_seat", new JsonTransformation((_, row, index) => Held(JsonDocument.Parse(row.GetString(index))))) },
        { "seat_taken", """{"Number": 7}""", events => events.Upcast<FromClass>() },
        { "seat_taken", """{"Number": 7}""", events => events.Upcast(new FromClassLate()) },
        { "seat_json", """{"No": 7}""", events => events.Upcast<FromJson>() },
        { "seat_json", """{"No": 7}""", events => events.Upcast(new FromJsonLate()) },
    };
#pragma warning restore CA2263

    [Theory]
    [MemberData(nameof(Ways), DisableDiscoveryEnumeration = true)]
    public async Task What_was_stored_in_an_old_shape_is_read_as_the_present_event(string name, string body, Action<IEventStoreOptions> upcast)
    {
        await using var store = server.Store(o =>
        {
            o.Events.MapEventTypeWithNameSuffix<SeatHeld>("now");
            upcast(o.Events);
            o.Projections.Snapshot<Seats>(SnapshotLifecycle.Async);
        });
        await Stored(store, name, body);
        await using var session = store.LightweightSession();
        session.Events.Append(_id, new SeatHeld("S8"));
        await session.SaveChangesAsync(Ct);

        Assert.Equal(["S7", "S8"], (await session.Events.FetchStreamAsync(_id, token: Ct)).Select(e => ((SeatHeld)e.Data).Seat));
        Assert.Equal("S7S8", (await session.Events.AggregateStreamAsync<Seats>(_id, token: Ct))!.Held);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        Assert.Equal("S7S8", (await session.LoadAsync<Seats>(_id, Ct))!.Held);
    }

    [Fact]
    public async Task A_body_that_cannot_be_transformed_stops_the_shard_before_it_and_is_not_told()
    {
        await using var store = server.Store(o =>
        {
            o.Events.Upcast<SeatTaken, SeatHeld>(async (old, _) =>
            {
                await Task.Yield();
                return old.Number == 13 ? throw new InvalidOperationException($"the secret seat {old.Number}") : Held(old);
            });
            o.Projections.Snapshot<Seats>(SnapshotLifecycle.Async);
        });
        await Stored(store, "seat_taken", """{"Number": 7}""");
        await Stored(store, "seat_taken", """{"Number": 13}""");
        using var daemon = await store.BuildProjectionDaemonAsync();
        var failed = await Assert.ThrowsAsync<EventLoaderException>(() => daemon.CatchUpAsync(Ct));
        Assert.DoesNotContain("secret", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await store.Advanced.ProjectionProgressFor(new ShardName("UpcastTests.Seats"), token: Ct));
    }

    [Fact]
    public async Task Where_unreadable_bodies_and_unknown_names_may_be_skipped_the_rest_is_seen()
    {
        var recorder = new Recorder();
        await using var store = server.Store(o =>
        {
            o.Projections.Errors.SkipSerializationErrors = true;
            o.Projections.Errors.SkipUnknownEvents = true;
            o.Events.Upcast<SeatTaken, SeatHeld>(old => Held(old));
            o.Projections.Subscribe(recorder);
        });
        await Stored(store, "seat_taken", """{"Number": "seven"}""");
        await Stored(store, "never_heard_of", "{}");
        await Stored(store, "seat_taken", """{"Number": 8}""");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        Assert.Equal([3L], recorder.Seen.Select(e => e.Sequence));
    }

    [Fact]
    public async Task An_unknown_name_is_an_error_that_says_which()
    {
        await using var store = server.Store();
        await Stored(store, "never_heard_of", "{}");
        await using var session = store.QuerySession();
        var unknown = await Assert.ThrowsAsync<UnknownEventTypeException>(() => session.Events.FetchStreamAsync(_id, token: Ct));
        Assert.Equal("never_heard_of", unknown.EventTypeName);
    }

    [Theory]
    [InlineData(EventNamingStyle.ClassicTypeName, "seat_held")]
    [InlineData(EventNamingStyle.SmarterTypeName, "upcast_tests.seat_held")]
    [InlineData(EventNamingStyle.FullTypeName, "Expo.Marten.Tests.Events.UpcastTests+SeatHeld")]
    public async Task A_name_follows_the_style(EventNamingStyle style, string name)
    {
        await using var store = server.Store(o => o.Events.EventNamingStyle = style);
        await using var session = store.LightweightSession();
        session.Events.StartStream(_id, new SeatHeld("S1"));
        await session.SaveChangesAsync(Ct);
        Assert.Equal([name], await server.Texts($"select type::text from {store.Options.DatabaseSchemaName}.mt_events"));
        Assert.Single(await session.Events.FetchStreamAsync(_id, token: Ct));
    }

    private async Task Stored(DocumentStore store, string name, string body)
    {
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var schema = store.Options.DatabaseSchemaName;
        await server.Texts($"""
            select mt_quick_append_events::text from {schema}.mt_quick_append_events('{_id}', null, '*DEFAULT*', array[gen_random_uuid()], array['{name}']::varchar[],
                array[null]::varchar[], array['{body}'::jsonb], array[null]::bytea[], array[null]::varchar[], array[null]::varchar[], array['null'::jsonb], array[now()])
            """);
    }

    private static SeatHeld Held(SeatTaken old) => new($"S{old.Number}");

    private static SeatHeld Held(JsonDocument old) => new($"S{old.RootElement.GetProperty("No").GetInt32()}");

    private static async Task<SeatHeld> Late(SeatTaken old, CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        return Held(old);
    }

    private static async Task<SeatHeld> LateJson(JsonDocument old, CancellationToken ct)
    {
        await Task.Yield();
        ct.ThrowIfCancellationRequested();
        return Held(old);
    }

    public sealed record SeatTaken(int Number);

    public sealed record SeatHeld(string Seat);

    public sealed class Seats
    {
        public Guid Id { get; set; }
        public string Held { get; set; } = "";

        public void Apply(SeatHeld e) => Held += e.Seat;
    }

    public sealed class FromClass : EventUpcaster<SeatTaken, SeatHeld>
    {
        protected override SeatHeld Upcast(SeatTaken oldEvent) => Held(oldEvent);
    }

    public sealed class FromClassLate : AsyncOnlyEventUpcaster<SeatTaken, SeatHeld>
    {
        protected override Task<SeatHeld> UpcastAsync(SeatTaken oldEvent, CancellationToken ct) => Late(oldEvent, ct);
    }

    public sealed class FromJson : Json.EventUpcaster<SeatHeld>
    {
        public override string EventTypeName => "seat_json";

        protected override SeatHeld Upcast(JsonDocument oldEvent) => Held(oldEvent);
    }

    public sealed class FromJsonLate : Json.AsyncOnlyEventUpcaster<SeatHeld>
    {
        public override string EventTypeName => "seat_json";

        protected override Task<SeatHeld> UpcastAsync(JsonDocument oldEvent, CancellationToken ct) => LateJson(oldEvent, ct);
    }
}
