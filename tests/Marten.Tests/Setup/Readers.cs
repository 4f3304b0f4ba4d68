using System.Collections.Concurrent;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Marten.Subscriptions;

namespace Expo.Marten.Tests.Setup;

/// <summary>How many booths a hall has and how many are held: one document of many streams.</summary>
public sealed class HallTally
{
    public string Id { get; set; } = "";
    public int Booths { get; set; }
}

public sealed partial class HallTallyProjection : MultiStreamProjection<HallTally, string>
{
    public HallTallyProjection() => Identity<BoothPlanned>(e => e.Hall);

    public void Apply(BoothPlanned e, HallTally tally) => tally.Booths++;
}

public sealed record ReleaseNote(Guid Id, string Reason);

public sealed partial class ReleaseNotes : EventProjection
{
    public ReleaseNote Create(IEvent<BoothReleased> e) => new(e.Id, e.Data.Reason);
}

/// <summary>Remembers what it was handed, in order; fails where it is told to.</summary>
public sealed class Recorder : SubscriptionBase
{
    private int _failuresLeft;

    public Recorder() => Name = "Recorder";

    public ConcurrentQueue<IEvent> Seen { get; } = [];
    public long FailAt { get; set; } = -1;

    public int Failures
    {
        get => _failuresLeft;
        set => _failuresLeft = value;
    }

    public override Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        foreach (var e in page.Events)
        {
            if (e.Sequence == FailAt && _failuresLeft-- > 0) throw new InvalidOperationException("the broker is away");
            Seen.Enqueue(e);
        }

        return Task.FromResult<IChangeListener>(NullChangeListener.Instance);
    }
}

/// <summary>Cannot apply what releases a booth.</summary>
public sealed class Brittle
{
    public Guid Id { get; set; }
    public int Count { get; set; }

    public void Apply(BoothPlanned e) => Count++;
    public void Apply(BoothReleased e) => throw new InvalidOperationException("cannot");
}

/// <summary>Notes every planned booth; a second note for one event would be refused.</summary>
public sealed partial class PlanNotes : EventProjection
{
    public static void Project(IEvent<BoothPlanned> e, IDocumentOperations operations) => operations.Insert(new ReleaseNote(e.Id, e.Data.Hall));
}
