using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;

namespace Expo.Bench.Store;

/// <summary>Something was tallied; the note brings the stored event to about 400 bytes.</summary>
public sealed record Tallied(Guid TallyId, int Hundred, int TwentyThousand, string Note)
{
    private static readonly string Filler = new('n', 290);

    /// <summary>The n-th event of a history: of one of 100 and of one of 20,000 groups, neither in step with the streams.</summary>
    public static Tallied Number(long n, Guid stream) => new(stream, (int)(n * 37 % 100), (int)(n * 7919 % 20_000), Filler);
}

/// <summary>The state of one stream, kept as an inline snapshot.</summary>
public sealed record Tally(Guid Id, int Count)
{
    /// <summary>Nothing yet.</summary>
    public Tally() : this(Guid.Empty, 0) { }

    /// <summary>One more.</summary>
    public Tally Evolve(object @event) => @event is Tallied e ? new Tally(e.TallyId, Count + 1) : this;
}

/// <summary>How many events one of the hundred groups has.</summary>
public sealed class HundredthTally
{
    /// <summary>The group.</summary>
    public int Id { get; set; }

    /// <summary>Its events.</summary>
    public int Count { get; set; }
}

/// <summary>How many events one of the twenty thousand groups has.</summary>
public sealed class SmallTally
{
    /// <summary>The group.</summary>
    public int Id { get; set; }

    /// <summary>Its events.</summary>
    public int Count { get; set; }
}

/// <summary>Counts into 100 documents.</summary>
public sealed partial class HundredthTallies : MultiStreamProjection<HundredthTally, int>
{
    /// <summary>Grouped by the event's hundredth.</summary>
    public HundredthTallies() => Identity<Tallied>(e => e.Hundred + 1);

    /// <summary>One more.</summary>
    public static void Apply(Tallied e, HundredthTally tally) => tally.Count++;
}

/// <summary>Counts into 20,000 documents.</summary>
public sealed partial class SmallTallies : MultiStreamProjection<SmallTally, int>
{
    /// <summary>Grouped by the event's twenty-thousandth.</summary>
    public SmallTallies() => Identity<Tallied>(e => e.TwentyThousand + 1);

    /// <summary>One more.</summary>
    public static void Apply(Tallied e, SmallTally tally) => tally.Count++;
}

/// <summary>The stores that are measured: one schema each, metadata on, one asynchronous projection, so that appends wake somebody.</summary>
public static class Stores
{
    /// <summary>A store on its schema, whose tables are made at the first use.</summary>
    public static DocumentStore Open<TProjection>(string connectionString, string schema, bool snapshots = true)
        where TProjection : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, new() =>
        DocumentStore.For(options =>
        {
            options.Connection(connectionString);
            options.DatabaseSchemaName = schema;
            options.DisableNpgsqlLogging = true;
            options.Events.MetadataConfig.EnableAll();
            options.Events.UseListenNotifyForEventAppends = true;
            options.Events.MapEventType<Tallied>("tallied");
            if (snapshots) options.Projections.Snapshot<Tally>(SnapshotLifecycle.Inline);
            options.Projections.Add<TProjection>(ProjectionLifecycle.Async);
        });
}
