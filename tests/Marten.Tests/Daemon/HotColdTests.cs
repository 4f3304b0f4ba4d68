using System.Collections.Concurrent;
using Expo.Marten.Tests.Setup;
using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Expo.Marten.Tests.Daemon;

public sealed class HotColdTests(Server server)
{
    private const string Shard = "Watcher:All";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_two_nodes_runs_a_shard_and_the_other_takes_over_when_its_connections_are_cut()
    {
        var (schema, seen) = (Server.NewSchema(), new Seen());
        using var one = await Node(schema, "one", seen);
        using var two = await Node(schema, "two", seen);
        await Eventually.True(() => Running(one) ^ Running(two), "one node leads");
        await Plan(one);
        await Plan(two);
        await one.WaitForNonStaleProjectionDataAsync(Eventually.Patience);
        var (active, name) = Running(one) ? (one, "one") : (two, "two");
        Assert.Equal([(name, 1L), (name, 2L)], seen.By);

        await server.Scalar<long>($"select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = '{schema}-{name}'");
        await Eventually.True(() => Running(one) ^ Running(two), "one node leads again");
        await active.StopAsync(Ct);
        await Eventually.True(() => Running(active == one ? two : one), "the other node leads");
        await Plan(active == one ? two : one);
        await Eventually.True(() => seen.By.Count == 3, "the third event");
        Assert.Equal([1L, 2L, 3L], seen.By.Select(s => s.Sequence));
        Assert.NotEqual(name, seen.By.Last().Node);
    }

    [Fact]
    public async Task An_append_is_heard_by_another_process_well_before_it_polls()
    {
        var (schema, seen) = (Server.NewSchema(), new Seen());
        using var reader = await Node(schema, "one", seen, polling: TimeSpan.FromHours(1));
        await Eventually.True(() => Running(reader), "the node leads");
        await using var writer = server.Store(o => o.Projections.Subscribe(new Recorder()), schema);
        await using var session = writer.LightweightSession();
        session.Events.StartStream<Booth>(new BoothPlanned(Guid.Empty, "A", 1));
        await session.SaveChangesAsync(Ct);
        await Eventually.True(() => seen.By.Count == 1, "the event was seen");
        await reader.StopAsync(Ct);
    }

    [Fact]
    public async Task An_append_that_nobody_tells_of_is_found_by_polling()
    {
        var (schema, seen) = (Server.NewSchema(), new Seen());
        using var reader = await Node(schema, "one", seen, polling: TimeSpan.FromMilliseconds(100));
        await Eventually.True(() => Running(reader), "the node leads");
        await using var writer = server.Store(o => o.Events.UseListenNotifyForEventAppends = false, schema);
        await using var session = writer.LightweightSession();
        session.Events.StartStream<Booth>(new BoothPlanned(Guid.Empty, "A", 1));
        await session.SaveChangesAsync(Ct);
        await Eventually.True(() => seen.By.Count == 1, "the event was seen");
        await reader.StopAsync(Ct);
    }

    [Fact]
    public async Task After_all_data_is_reset_events_are_seen_from_the_first_number_again()
    {
        var seen = new Seen();
        using var node = await Node(Server.NewSchema(), "one", seen);
        await Plan(node);
        await Plan(node);
        await node.WaitForNonStaleProjectionDataAsync(Eventually.Patience);
        await node.ResetAllMartenDataAsync();
        await Plan(node);
        await node.WaitForNonStaleProjectionDataAsync(Eventually.Patience);
        Assert.Equal([1L, 2L, 1L], seen.By.Select(s => s.Sequence));
        await node.StopAsync(Ct);
    }

    [Fact]
    public async Task A_projection_whose_method_is_hidden_ends_the_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMarten(o =>
        {
            o.Connection(server.ConnectionString);
            o.Projections.Snapshot<Hidden>(SnapshotLifecycle.Inline);
        });
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<InvalidProjectionException>(() => host.StartAsync(Ct));
        Assert.Contains("Hidden.Apply is not public", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IHost> Node(string schema, string name, Seen seen, TimeSpan? polling = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new NodeName(name)).AddSingleton(seen);
        builder.Services.AddMarten(o =>
            {
                o.Connection($"{server.ConnectionString};Application Name={schema}-{name}");
                o.DatabaseSchemaName = schema;
                o.Events.MetadataConfig.EnableAll();
                o.Projections.Snapshot<Booth>(SnapshotLifecycle.Inline);
                o.Projections.LeadershipPollingTime = 100;
                if (polling is { } time) (o.Projections.FastPollingTime, o.Projections.SlowPollingTime) = (time, time);
            })
            .UseLightweightSessions()
            .ApplyAllDatabaseChangesOnStartup()
            .AssertDatabaseMatchesConfigurationOnStartup()
            .AddSubscriptionWithServices<Watcher>(ServiceLifetime.Scoped, o => o.Name = "Watcher")
            .AddAsyncDaemon(DaemonMode.HotCold);
        var host = builder.Build();
        await host.StartAsync(Ct);
        return host;
    }

    private static bool Running(IHost host) =>
        host.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase().StatusFor(Shard) == AgentStatus.Running;

    private static async Task Plan(IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        session.Events.StartStream<Booth>(new BoothPlanned(Guid.Empty, "A", 1));
        await session.SaveChangesAsync(Ct);
    }

    public sealed record NodeName(string Value);

    public sealed class Seen
    {
        public ConcurrentQueue<(string Node, long Sequence)> By { get; } = [];
    }

    public sealed class Watcher(NodeName node, Seen seen) : SubscriptionBase
    {
        public override Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
        {
            foreach (var e in page.Events) seen.By.Enqueue((node.Value, e.Sequence));
            return Task.FromResult<IChangeListener>(NullChangeListener.Instance);
        }
    }

    public sealed class Hidden
    {
        public Guid Id { get; set; }
        public static Hidden Create(BoothPlanned e) => new();
        internal void Apply(BoothReserved e) => Id = e.BoothId;
    }
}
