using Expo.Marten.Tests.Documents;
using Expo.Marten.Tests.Setup;
using Npgsql;

namespace Expo.Marten.Tests.Events;

public sealed class RoundTripTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_decision_takes_two_round_trips_whatever_it_writes()
    {
        await using var proxy = new CountingProxy(server.ConnectionString);
        await using var store = server.Store(o => o.RegisterDocumentType<Notice>(), connectionString: proxy.ConnectionString);
        var id = Guid.CreateVersion7();
        var counted = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            proxy.Take();
            await using var session = store.LightweightSession();
            var stream = await session.Events.FetchForWriting<Booth>(id, Ct);
            stream.AppendMany(i == 0 ? new BoothPlanned(id, "A", 1) : new BoothReserved(id, id), new BoothReleased(id, "x"));
            session.Insert(new Notice(Guid.CreateVersion7(), "key", i, TimeProvider.System.GetUtcNow(), null));
            session.QueueSqlCommand("select 1 where ? is not null", id);
            await session.SaveChangesAsync(Ct);
            counted.Add(proxy.Take());
        }

        // The first opens the connection and creates the schema; from then on statements are also prepared on the way.
        Assert.Equal([2, 2, 2, 2], counted.Skip(1));
    }

    [Fact]
    public async Task A_foreign_data_source_costs_no_more_once_its_statements_are_prepared()
    {
        await using var proxy = new CountingProxy(server.ConnectionString);
        await using var source = NpgsqlDataSource.Create(proxy.ConnectionString);
        await using var store = server.Store(o => o.Connection(source));
        var id = Guid.CreateVersion7();
        for (var i = 0; i < 4; i++)
        {
            proxy.Take();
            await using var session = store.LightweightSession();
            (await session.Events.FetchForWriting<Booth>(id, Ct)).AppendOne(new BoothReserved(id, id));
            await session.SaveChangesAsync(Ct);
        }

        Assert.Equal(2, proxy.Take());
    }
}
