using Expo.Marten.Tests.Setup;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;

namespace Expo.Marten.Tests.Daemon;

/// <summary>What upstream's subscriptions meet too: the session that they are given, and the row of their progress.</summary>
public sealed class SubscriptionTests(Server server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscription_goes_on_seeing_a_document_as_it_first_loaded_it()
    {
        var reader = new SlowReader(Guid.CreateVersion7());
        await using var store = server.Store(o =>
        {
            o.Schema.For<ReleaseNote>();
            o.Projections.Subscribe(reader);
        });
        await using var session = store.LightweightSession();
        session.Insert(new ReleaseNote(reader.Note, "as it was"));
        await session.SaveChangesAsync(Ct);
        await Plan(store);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await reader.Loaded.Task.WaitAsync(Eventually.Patience, Ct);
        session.Delete<ReleaseNote>(reader.Note);
        await session.SaveChangesAsync(Ct);
        reader.GoOn.SetResult();
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();
        Assert.Equal(("as it was", false, "its own"), (reader.Second!.Reason, reader.StillThere, reader.Third!.Reason));
    }

    // Upstream inserts the row with the first page: it could never go on from a row at 0.
    [Fact]
    public async Task A_shard_that_has_handled_nothing_has_no_row()
    {
        var recorder = new Recorder();
        await using var store = server.Store(o => o.Projections.Subscribe(recorder));
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        await daemon.WaitForShardToBeRunning("Recorder:All", Eventually.Patience);
        Assert.Empty(await Rows());
        await Plan(store);
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();
        Assert.Equal([1L], await Rows());
        await daemon.RewindSubscriptionAsync("Recorder", Ct);
        Assert.Empty(await Rows());
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(Eventually.Patience);
        await daemon.StopAllAsync();
        Assert.Equal((2, 1L), (recorder.Seen.Count, Assert.Single(await Rows())));

        async Task<IReadOnlyList<long>> Rows()
        {
            await using var query = store.QuerySession();
            return await query.QueryAsync<long>($"select last_seq_id from {store.Options.DatabaseSchemaName}.mt_event_progression where name = 'Recorder:All'", Ct);
        }
    }

    private static async Task Plan(DocumentStore store)
    {
        await using var session = store.LightweightSession();
        var id = Guid.CreateVersion7();
        session.Events.StartStream<Booth>(id, new BoothPlanned(id, "A", 1));
        await session.SaveChangesAsync(Ct);
    }

    /// <summary>Loads a document twice, and others change it meanwhile.</summary>
    private sealed class SlowReader(Guid note) : SubscriptionBase
    {
        public Guid Note => note;
        public TaskCompletionSource Loaded { get; } = new();
        public TaskCompletionSource GoOn { get; } = new();
        public ReleaseNote? Second { get; private set; }
        public ReleaseNote? Third { get; private set; }
        public bool StillThere { get; private set; }

        public override async Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
        {
            await operations.LoadAsync<ReleaseNote>(note, cancellationToken);
            Loaded.TrySetResult();
            await GoOn.Task.WaitAsync(cancellationToken);
            Second = await operations.LoadAsync<ReleaseNote>(note, cancellationToken);
            StillThere = await operations.CheckExistsAsync<ReleaseNote>(note, cancellationToken);
            operations.Store(new ReleaseNote(note, "its own"));
            Third = await operations.LoadAsync<ReleaseNote>(note, cancellationToken);
            return NullChangeListener.Instance;
        }
    }
}
