using Expo.Marten.Tests.Setup;
using JasperFx;
using Marten;
using Marten.Exceptions;

namespace Expo.Marten.Tests.Events;

public sealed class ContentionTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixteen_writers_on_one_stream_leave_no_hole_in_versions_or_numbers()
    {
        await using var store = server.Store();
        var id = Guid.CreateVersion7();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Write(store, id)));
        var (commits, conflicts) = (outcomes.Sum(o => o.Commits), outcomes.Sum(o => o.Conflicts));
        Assert.Equal(16 * 40, commits + conflicts);
        Assert.True(conflicts > 0, "the writers never met");

        await using var session = store.LightweightSession();
        var events = await session.Events.FetchStreamAsync(id, token: Ct);
        Assert.Equal(Enumerable.Range(1, commits).Select(i => (long)i), events.Select(e => e.Version));
        Assert.Equal(Enumerable.Range(1, commits).Select(i => (long)i), events.Select(e => e.Sequence));
        Assert.Equal(commits, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventSequenceNumber);
        Assert.Equal(commits, (await session.LoadAsync<Booth>(id, Ct))!.Changes);
    }

    [Fact]
    public async Task Of_many_starting_one_stream_one_wins()
    {
        await using var store = server.Store();
        var id = Guid.CreateVersion7();
        var wins = await Task.WhenAll(Enumerable.Range(0, 24).Select(async _ =>
        {
            await using var session = store.LightweightSession();
            session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1));
            try
            {
                await session.SaveChangesAsync(Ct);
                return 1;
            }
            catch (ExistingStreamIdCollisionException)
            {
                return 0;
            }
        }));
        Assert.Equal(1, wins.Sum());
        Assert.Equal(1, (await store.Advanced.FetchEventStoreStatistics(token: Ct)).EventSequenceNumber);
    }

    private static async Task<(int Commits, int Conflicts)> Write(DocumentStore store, Guid id)
    {
        var (commits, conflicts) = (0, 0);
        for (var i = 0; i < 40; i++)
        {
            try
            {
                await using var session = store.LightweightSession();
                (await session.Events.FetchForWriting<Booth>(id, Ct)).AppendOne(new BoothReserved(id, id));
                await session.SaveChangesAsync(Ct);
                commits++;
            }
            catch (Exception e) when (e is ConcurrencyException or ExistingStreamIdCollisionException)
            {
                conflicts++;
            }
        }

        return (commits, conflicts);
    }
}
