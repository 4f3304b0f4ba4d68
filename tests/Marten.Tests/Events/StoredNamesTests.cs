using System.Text.Json;
using Expo.Marten.Tests.Setup;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Exceptions;

namespace Expo.Marten.Tests.Events;

/// <summary>What was stored long ago is read as what it means today.</summary>
public sealed class StoredNamesTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_old_class_an_old_name_and_old_json_are_read_as_the_present_event()
    {
        var (schema, id) = (Server.NewSchema(), Guid.CreateVersion7());
        await using (var before = server.Store(o =>
        {
            o.Events.MapEventType<LockerRented>("locker_rented");
            o.Events.MapEventType<LockerLet>("locker_let");
        }, schema))
        {
            await using var session = before.LightweightSession();
            session.Events.StartStream(id, new LockerRented(7), new LockerLet("8"));
            await session.SaveChangesAsync(Ct);
            await server.Texts($"update {schema}.mt_events set type = 'locker_taken', data = '{{\"No\": 9}}' where version = 2 returning type");
            session.Events.Append(id, new LockerRented(8));
            await session.SaveChangesAsync(Ct);
        }

        await using var store = server.Store(o =>
        {
            o.Events.MapEventTypeWithSchemaVersion<LockerOccupied>(2);
            o.Events.Upcast<LockerRented, LockerOccupied>("locker_rented", old => new LockerOccupied($"L{old.Number}"));
            o.Events.Upcast<TakenLockers>();
            o.Projections.Snapshot<Lockers>(SnapshotLifecycle.Async);
        }, schema);
        await using var now = store.LightweightSession();
        now.Events.Append(id, new LockerOccupied("L10"));
        await now.SaveChangesAsync(Ct);
        var events = await now.Events.FetchStreamAsync(id, token: Ct);
        Assert.Equal(["L7", "L9", "L8", "L10"], events.Select(e => ((LockerOccupied)e.Data).Name));
        Assert.Equal(["locker_rented", "locker_taken", "locker_rented", "locker_occupied_v2"],
            await server.Texts($"select type::text from {schema}.mt_events order by seq_id"));

        // A projection that asks for the present type is handed the old ones too.
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);
        Assert.Equal(4, (await now.LoadAsync<Lockers>(id, Ct))!.Occupied);
    }

    [Fact]
    public void A_name_cannot_mean_two_things()
    {
        Action<IEventStoreOptions> map = events => events.MapEventType<LockerOccupied>("locker_rented");
        Action<IEventStoreOptions> upcast = events => events.Upcast<LockerRented, LockerOccupied>(old => new LockerOccupied($"L{old.Number}"));
        Action<IEventStoreOptions> other = events => events.MapEventType<LockerLet>("locker_rented");
        foreach (var (first, second) in ((Action<IEventStoreOptions>, Action<IEventStoreOptions>)[])[(map, upcast), (upcast, map), (upcast, upcast), (map, other), (other, upcast)])
            Assert.Throws<MartenException>(() => server.Store(o =>
            {
                first(o.Events);
                second(o.Events);
            }));
    }

    public sealed record LockerRented(int Number);

    public sealed record LockerLet(string Number);

    public sealed record LockerOccupied(string Name);

    public sealed class TakenLockers : global::Marten.Services.Json.Transformations.SystemTextJson.EventUpcaster<LockerOccupied>
    {
        public override string EventTypeName => "locker_taken";

        protected override LockerOccupied Upcast(JsonDocument oldEvent) => new($"L{oldEvent.RootElement.GetProperty("No").GetInt32()}");
    }

    public sealed class Lockers
    {
        public Guid Id { get; set; }
        public int Occupied { get; set; }

        public void Apply(LockerOccupied e) => Occupied += e.Name.Length > 0 ? 1 : 0;
    }
}
