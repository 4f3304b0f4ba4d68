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
        for (var i = 0; i < 300; i++)
        {
            await Plan(writer);
            if (i % 50 == 49) await Task.Delay(250, Ct); // a few cuts fall into idle times
        }

        await enough.CancelAsync();
        var cuts = await cutting;
        foreach (var shard in (string[])["HallTally", typeof(PlanNotes).FullName!])
            await Eventually.True(async () => await writer.Advanced.ProjectionProgressFor(new ShardName(shard), token: Ct) == 300, $"{shard} has seen all");
        await Task.WhenAll(one.StopAsync(Ct), two.StopAsync(Ct));

        await using var query = writer.QuerySession();
        Assert.True(cuts > 5, $"only {cuts} connections were cut");
        Assert.Equal(300, (await query.LoadAsync<HallTally>("A", Ct))!.Booths);
        Assert.Equal(300, (await query.QueryAsync<ReleaseNote>("", Ct)).Count);
        Assert.True(await server.Scalar<long>($"select epoch from {schema}.mt_shard_leases where shard = '{Shard}'") > 1, "the lead never changed");
    }

    [Fact]
    public async Task A_leader_that_has_not_noticed_its_successor_commits_nothing_any_more()
    {
        var schema = Server.NewSchema();
        using var old = await Node(schema);
        await using var writer = server.Store(schema: schema);
        await Plan(writer);
        await old.WaitForNonStaleProjectionDataAsync(TimeSpan.FromSeconds(15));
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

    private async Task<long> Cut(string schema, CancellationToken ct)
    {
        var cuts = 0L;
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(150, CancellationToken.None);
            cuts += await server.Scalar<long>(
                $"select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity where application_name = '{schema}' order by random() limit 4) a");
        }

        NpgsqlConnection.ClearAllPools();
        return cuts;
    }

    private static async Task Plan(DocumentStore store)
    {
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(new BoothPlanned(Guid.Empty, "A", 1));
        await session.SaveChangesAsync(Ct);
    }
}
