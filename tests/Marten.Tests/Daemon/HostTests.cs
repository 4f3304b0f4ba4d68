using Expo.Marten.Tests.Setup;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Schema;
using Marten.Subscriptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Expo.Marten.Tests.Daemon;

/// <summary>What a host with a store does for the application before and while it runs.</summary>
public sealed class HostTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_schema_stands_and_initial_data_is_there_before_what_is_hosted_after_the_store()
    {
        var late = new Late();
        using var host = await Start(services => services.AddSingleton<IHostedService>(provider => late.With(provider)), marten => marten
            .InitializeWith(new Opening("East"))
            .InitializeWith<Annex>()
            .ApplyAllDatabaseChangesOnStartup()
            .AssertDatabaseMatchesConfigurationOnStartup());
        Assert.Equal(["East", "Annex"], late.Found);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task Modules_configure_the_store_and_a_data_source_of_the_container_connects_it()
    {
        await using var source = new NpgsqlDataSourceBuilder($"{server.ConnectionString};Max Auto Prepare=20").Build();
        using var host = await Start(
            services => services.AddSingleton(source).ConfigureMarten(o => o.Projections.Add<HallTallyProjection>(JasperFx.Events.Projections.ProjectionLifecycle.Async)),
            marten => marten.UseNpgsqlDataSource().AddAsyncDaemon(DaemonMode.Solo), connected: false);
        var booth = await BoothWork.Plan((DocumentStore)host.DocumentStore(), "A");
        await host.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase().WaitForNonStaleData(Eventually.Patience);
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Equal(1, (await scope.ServiceProvider.GetRequiredService<IQuerySession>().LoadAsync<HallTally>("A", Ct))!.Booths);
        Assert.NotNull(await scope.ServiceProvider.GetRequiredService<IDocumentSession>().Events.FetchLatest<Booth>(booth, Ct));
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_subscription_set_back_is_handed_again_what_came_after_that_number_or_time()
    {
        var recorder = new Recorder();
        await using var store = server.Store(o => o.Projections.Subscribe(recorder));
        for (var i = 0; i < 3; i++) await BoothWork.Plan(store, "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.RewindSubscriptionAsync("Recorder", Ct, sequenceFloor: 1);
        await Eventually.True(() => recorder.Seen.Count == 5, "two are seen again");
        await daemon.RewindSubscriptionAsync("Recorder", Ct, timestamp: recorder.Seen.First(e => e.Sequence == 3).Timestamp);
        await Eventually.True(() => recorder.Seen.Count == 6, "the last is seen again");
        await daemon.StopAllAsync();
        Assert.Equal([1L, 2, 3, 2, 3, 3], recorder.Seen.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_shard_that_does_not_get_on_can_be_taken_out_and_started_again()
    {
        var recorder = new Recorder { FailAt = 2, Failures = int.MaxValue };
        await using var store = server.Store(o => o.Projections.Subscribe(recorder));
        for (var i = 0; i < 2; i++) await BoothWork.Plan(store, "A");
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAgentAsync("Recorder:All", Ct);
        await Eventually.True(() => daemon.HasAnyPaused(), "it pauses");
        daemon.EjectPausedShard("Recorder:All");
        Assert.Empty(daemon.CurrentAgents());
        recorder.Failures = 0;
        await daemon.StartAgentAsync("Recorder:All", Ct);
        await daemon.WaitForNonStaleData(Eventually.Patience);
        Assert.Equal(2, Assert.Single(daemon.CurrentAgents()).Position);
        await daemon.StopAgentAsync("Recorder:All");
        Assert.Equal(JasperFx.AgentStatus.Stopped, daemon.StatusFor("Recorder:All"));
    }

    private async Task<IHost> Start(
        Action<IServiceCollection> also, Action<MartenServiceCollectionExtensions.MartenConfigurationExpression> configure, bool connected = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        configure(builder.Services.AddMarten(o =>
        {
            if (connected) o.Connection(server.ConnectionString);
            o.DatabaseSchemaName = Server.NewSchema();
            o.RegisterDocumentType<Documents.Notice>();
            o.Projections.Snapshot<Booth>(JasperFx.Events.Projections.SnapshotLifecycle.Inline);
        }));
        also(builder.Services);
        var host = builder.Build();
        await host.StartAsync(Ct);
        return host;
    }

    private static async Task Note(IDocumentStore store, string title, int order, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.Insert(new Documents.Notice(Guid.CreateVersion7(), title, order, DateTimeOffset.UnixEpoch, null));
        await session.SaveChangesAsync(ct);
    }

    public sealed class Opening(string hall) : IInitialData
    {
        public Task Populate(IDocumentStore store, CancellationToken cancellation) => Note(store, hall, 1, cancellation);
    }

    public sealed class Annex : IInitialData
    {
        public Task Populate(IDocumentStore store, CancellationToken cancellation) => Note(store, nameof(Annex), 2, cancellation);
    }

    private sealed class Late : IHostedService
    {
        private IServiceProvider? _services;

        public IReadOnlyList<string> Found { get; private set; } = [];

        public Late With(IServiceProvider services)
        {
            _services = services;
            return this;
        }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var session = _services!.DocumentStore().QuerySession();
            Found = [.. (await session.QueryAsync<Documents.Notice>("order by (data ->> 'Priority')::int", cancellationToken)).Select(n => n.Title)];
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
