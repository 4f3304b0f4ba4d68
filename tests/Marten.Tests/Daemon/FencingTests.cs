using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Expo.Marten.Tests.Daemon;

public sealed class FencingTests(Server server)
{
    private const string Shard = "HallTally:All";

    private long _cuts;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_nodes_that_fight_for_the_lead_while_connections_are_cut_apply_each_event_once()
    {
        var schema = Server.NewSchema();
        using var one = await Node(schema);
        using var two = await Node(schema);
        await using var writer = server.Store(schema: schema);
        using var enough = new CancellationTokenSource();
        var cutting = Cut(schema, enough.Token);
        var planned = 0;
        for (; planned < 300; planned++)
        {
            await Plan(writer);
            if (planned % 50 != 49) continue;
            var before = Volatile.Read(ref _cuts);
            await Eventually.True(() => Volatile.Read(ref _cuts) > before, "some are cut while nothing happens");
        }

        await Eventually.True(async () =>
        {
            await Plan(writer);
            planned++;
            return Volatile.Read(ref _cuts) > 5 && await server.Scalar<long>($"select epoch from {schema}.mt_shard_leases where shard = '{Shard}'") > 1;
        }, "the lead changed");
        await enough.CancelAsync();
        await cutting;
        foreach (var shard in (string[])["HallTally", typeof(PlanNotes).FullName!])
            await Eventually.True(async () => await writer.Advanced.ProjectionProgressFor(new ShardName(shard), token: Ct) == planned, $"{shard} has seen all");
        await Task.WhenAll(one.StopAsync(Ct), two.StopAsync(Ct));

        await using var query = writer.QuerySession();
        Assert.Equal(planned, (await query.LoadAsync<HallTally>("A", Ct))!.Booths);
        Assert.Equal(planned, (await query.QueryAsync<ReleaseNote>("order by d.id", Ct)).Count);
    }

    [Fact]
    public async Task A_leader_that_has_not_noticed_its_successor_commits_nothing_any_more()
    {
        var schema = Server.NewSchema();
        using var old = await Node(schema);
        await using var writer = server.Store(schema: schema);
        await Plan(writer);
        await old.WaitForNonStaleProjectionDataAsync(Eventually.Patience);
        await server.Scalar<long>($"update {schema}.mt_shard_leases set epoch = epoch + 1 where shard = '{Shard}' returning epoch");
        await Plan(writer);
        var daemon = old.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase();
        await Eventually.True(() => daemon.StatusFor(Shard) == AgentStatus.Paused, "the old leader is refused");
        Assert.Equal(1, await writer.Advanced.ProjectionProgressFor(new ShardName("HallTally"), token: Ct));
        await old.StopAsync(Ct);
    }

    private Task<IHost> Node(string schema) => Hosts.Start(server, schema, o =>
    {
        o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Async);
        o.Projections.Add<PlanNotes>(ProjectionLifecycle.Async);
    }, marten => marten.AddAsyncDaemon(DaemonMode.HotCold), application: schema);

    private async Task Cut(string schema, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(150, CancellationToken.None);
            Interlocked.Add(ref _cuts, await server.Scalar<long>(
                $"select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity where application_name = '{schema}' order by random() limit 4) a"));
        }

        NpgsqlConnection.ClearAllPools();
    }

    private static async Task Plan(DocumentStore store)
    {
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(new BoothPlanned(Guid.Empty, "A", 1));
        await session.SaveChangesAsync(Ct);
    }
}
