using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Grouping;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Marten.Tests.Projections;

/// <summary>Which documents events belong to, when they do not say so themselves, and what follows from a document.</summary>
public sealed class GroupingTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grouper_of_its_own_reads_what_the_event_does_not_say()
    {
        await using var store = server.Store(o => o.Projections.Add<HallUse>(ProjectionLifecycle.Async));
        var booth = Guid.CreateVersion7();
        await Append(store, booth, new BoothPlanned(booth, "A", 1));
        await Append(store, booth, new BoothReserved(booth, Guid.CreateVersion7()));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);

        await using var session = store.QuerySession();
        Assert.Equal(101, (await session.LoadAsync<HallTally>("A", Ct))!.Booths);
        await daemon.RebuildProjectionAsync<HallUse>(Ct);
        Assert.Equal(101, (await session.LoadAsync<HallTally>("A", Ct))!.Booths);
    }

    [Fact]
    public async Task One_event_is_many_after_grouping_for_its_document_or_before_it_for_theirs()
    {
        await using var store = server.Store(o =>
        {
            o.Projections.Add<PartyTally>(ProjectionLifecycle.Async);
            o.Projections.Add<GuestTally>(ProjectionLifecycle.Async);
        });
        await Append(store, Guid.CreateVersion7(), new PartyArrived("A", ["B", "C", "C"]));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);

        await using var session = store.QuerySession();
        Assert.Equal(3, (await session.LoadAsync<PartyCount>("A", Ct))!.Guests);
        Assert.Equal((1, 2), ((await session.LoadAsync<GuestCount>("B", Ct))!.Guests, (await session.LoadAsync<GuestCount>("C", Ct))!.Guests));
    }

    [Fact]
    public async Task What_follows_from_a_document_is_appended_with_the_page_and_never_by_a_rebuild()
    {
        var schema = Server.NewSchema();
        await using var store = server.Store(o => o.Projections.Add<FullHalls>(ProjectionLifecycle.Async), schema);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        for (var i = 1; i <= 3; i++)
        {
            var booth = Guid.CreateVersion7();
            await Append(store, booth, new BoothPlanned(booth, "A", i));
        }

        await Eventually.True(async () => await server.Scalar<long>($"select count(*) from {schema}.mt_events where type = 'hall_filled'") == 1, "the hall is said to be full");
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.RebuildProjectionAsync<FullHalls>(Ct);

        Assert.Equal(1, await server.Scalar<long>($"select count(*) from {schema}.mt_events where type = 'hall_filled'"));
        await using var session = store.QuerySession();
        Assert.Equal(3, (await session.LoadAsync<HallTally>("A", Ct))!.Booths);
    }

    [Fact]
    public void Inline_side_effects_and_a_stream_projection_of_a_scope_that_would_be_compiled_each_time_end_the_start()
    {
        Assert.Throws<InvalidProjectionException>(() => server.Store(o => o.Projections.Add<LoudInline>(ProjectionLifecycle.Inline)));
        var services = new ServiceCollection();
        services.AddMarten(o => o.Connection(server.ConnectionString)).AddProjectionWithServices<HallTallyProjection>(ProjectionLifecycle.Async, ServiceLifetime.Scoped);
        using var provider = services.BuildServiceProvider();
        Assert.Contains("singleton", Assert.Throws<InvalidProjectionException>(() => provider.GetRequiredService<IDocumentStore>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public async Task A_projection_of_the_container_gets_the_services_of_a_scope_of_its_own(ServiceLifetime lifetime)
    {
        var services = new ServiceCollection();
        services.AddScoped<Greeting>();
        services.AddMarten(o =>
        {
            o.Connection(server.ConnectionString);
            o.DatabaseSchemaName = Server.NewSchema();
        }).AddProjectionWithServices<Greeted>(ProjectionLifecycle.Async, lifetime);
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var store = provider.GetRequiredService<IDocumentStore>();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Append(store, first, new BoothPlanned(first, "A", 1), new BoothReleased(first, "A"));
        await Append(store, second, new BoothPlanned(second, "B", 1));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.CatchUpAsync(Ct);

        await using var session = store.QuerySession();
        var (a, b) = ((await session.LoadAsync<ReleaseNote>(first, Ct))!.Reason, (await session.LoadAsync<ReleaseNote>(second, Ct))!.Reason);
        Assert.NotEqual(a, b);
        Assert.Equal(36, a.Length);
    }

    private static async Task Append(IDocumentStore store, Guid stream, params object[] events)
    {
        await using var session = store.LightweightSession();
        session.Events.Append(stream, events);
        await session.SaveChangesAsync(Ct);
    }

    public sealed record PartyArrived(string Hall, IReadOnlyList<string> Companies);
    public sealed record GuestArrived(string Company);
    public sealed record HallFilled(string Hall);

    public sealed class PartyCount
    {
        public string Id { get; set; } = "";
        public int Guests { get; set; }
    }

    public sealed class GuestCount
    {
        public string Id { get; set; } = "";
        public int Guests { get; set; }
    }

    public sealed class HallUse : MultiStreamProjection<HallTally, string>
    {
        public HallUse() => CustomGrouping(async (session, events, grouping) =>
        {
            grouping.AddEvents<BoothPlanned>(e => e.Hall, events);
            foreach (var reserved in events.OfType<IEvent<BoothReserved>>())
            {
                var planned = (await session.Events.FetchStreamAsync(reserved.StreamId, version: 1))[0];
                grouping.AddEvent(((BoothPlanned)planned.Data).Hall, reserved);
            }
        });

        public void Apply(BoothPlanned e, HallTally tally) => tally.Booths++;
        public void Apply(BoothReserved e, HallTally tally) => tally.Booths += 100;
    }

    public sealed class PartyTally : MultiStreamProjection<PartyCount, string>
    {
        public PartyTally()
        {
            Identity<PartyArrived>(e => e.Hall);
            FanOut<PartyArrived, GuestArrived>(e => e.Companies.Select(company => new GuestArrived(company)));
        }

        public void Apply(GuestArrived e, PartyCount count) => count.Guests++;
    }

    public sealed class GuestTally : MultiStreamProjection<GuestCount, string>
    {
        public GuestTally()
        {
            Identity<GuestArrived>(e => e.Company);
            FanOut<PartyArrived, GuestArrived>((IEvent<PartyArrived> e) => e.Data.Companies.Select(company => new GuestArrived(company)), FanoutMode.BeforeGrouping);
        }

        public void Apply(GuestArrived e, GuestCount count) => count.Guests++;
    }

    public sealed class FullHalls : MultiStreamProjection<HallTally, string>
    {
        public FullHalls() => Identity<BoothPlanned>(e => e.Hall);

        public void Apply(BoothPlanned e, HallTally tally) => tally.Booths++;

        public override ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<HallTally> slice)
        {
            var before = slice.Snapshot!.Booths - slice.Events().Count;
            if (before < 3 && slice.Snapshot.Booths >= 3) slice.AppendEvent(Guid.CreateVersion7(), new HallFilled(slice.Snapshot.Id));
            return ValueTask.CompletedTask;
        }
    }

    public sealed class LoudInline : global::Marten.Events.Aggregation.SingleStreamProjection<ReleaseNote, Guid>
    {
        public override ReleaseNote? Evolve(ReleaseNote? snapshot, Guid id, IEvent e) => new(id, "");
        public override ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<ReleaseNote> slice) => ValueTask.CompletedTask;
    }

    public sealed class Greeting
    {
        public Guid Id { get; } = Guid.CreateVersion7();
    }

    public sealed class Greeted(Greeting greeting) : global::Marten.Events.Aggregation.SingleStreamProjection<ReleaseNote, Guid>
    {
        public override ReleaseNote? Evolve(ReleaseNote? snapshot, Guid id, IEvent e) => new(id, greeting.Id.ToString());
    }
}
