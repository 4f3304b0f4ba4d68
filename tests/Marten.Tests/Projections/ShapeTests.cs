using Expo.Marten.Tests.Setup;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;

namespace Expo.Marten.Tests.Projections;

/// <summary>A method that would not be called, or not as it was meant, ends the start with a reason.</summary>
public sealed class ShapeTests(Server server)
{
    public static TheoryData<string, Action<StoreOptions>> Wrong => new()
    {
        { "is asynchronous", o => o.Projections.Snapshot<Async>(SnapshotLifecycle.Inline) },
        { "returns neither", o => o.Projections.Snapshot<OtherResult>(SnapshotLifecycle.Inline) },
        { "is not static", o => o.Projections.Snapshot<InstanceCreate>(SnapshotLifecycle.Inline) },
        { "does not return bool", o => o.Projections.Snapshot<Undecided>(SnapshotLifecycle.Inline) },
        { "names no event", o => o.Projections.Snapshot<Nameless>(SnapshotLifecycle.Inline) },
        { "takes more than one event", o => o.Projections.Snapshot<TwoEvents>(SnapshotLifecycle.Inline) },
        { "more than one Apply for BoothPlanned", o => o.Projections.Snapshot<Twice>(SnapshotLifecycle.Inline) },
        { "asks for a session", o => o.Projections.Snapshot<Asking>(SnapshotLifecycle.Inline) },
        { "only Evolve would be called", o => o.Projections.Snapshot<Both>(SnapshotLifecycle.Inline) },
        { "must be an instance method", o => o.Projections.Snapshot<StaticEvolve>(SnapshotLifecycle.Inline) },
        { "folds no event", o => o.Projections.Snapshot<Idle>(SnapshotLifecycle.Inline) },
        { "names no document for it", o => o.Projections.Add<Ungrouped>(ProjectionLifecycle.Async) },
        { "groups by Guid", o => o.Projections.Add<WrongKey>(ProjectionLifecycle.Async) },
        { "would overwrite each other", o => o.Projections.Add<HallTallyProjection>(ProjectionLifecycle.Inline) },
        { "so there is nothing to change", o => o.Projections.Add<Aimless>(ProjectionLifecycle.Async) },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_shape_that_would_not_do_what_it_seems_to_is_refused(string why, Action<StoreOptions> configure)
    {
        var refused = Assert.Throws<InvalidProjectionException>(() => server.Store(configure));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    public abstract class Kept
    {
        public Guid Id { get; set; }
    }

    public sealed class Async : Kept
    {
        public Task Apply(BoothPlanned e) => Task.FromResult(e);
    }

    public sealed class OtherResult : Kept
    {
        public int Apply(BoothPlanned e) => e.Number;
    }

    public sealed class InstanceCreate : Kept
    {
        public InstanceCreate Create(BoothPlanned e) => new() { Id = e.BoothId };
    }

    public sealed class Undecided : Kept
    {
        public void Apply(BoothPlanned e) => Id = e.BoothId;
        public void ShouldDelete(BoothReleased e) => Id = e.BoothId;
    }

    public sealed class Nameless : Kept
    {
        public void Apply(IEvent e) => Id = e.StreamId;
    }

    public sealed class TwoEvents : Kept
    {
        public void Apply(BoothPlanned e, BoothReleased then) => Id = (e.BoothId, then).BoothId;
    }

    public sealed class Twice : Kept
    {
        public void Apply(BoothPlanned e) => Id = e.BoothId;
        public void Apply(IEvent<BoothPlanned> e) => Id = e.StreamId;
    }

    public sealed class Asking : Kept
    {
        public void Apply(BoothPlanned e, IQuerySession session) => Id = (e.BoothId, session).BoothId;
    }

    public sealed class Both : Kept
    {
        public Both Evolve(object @event) => @event is BoothPlanned ? this : this;
        public void Apply(BoothPlanned e) => Id = e.BoothId;
    }

    public sealed class StaticEvolve : Kept
    {
        public static StaticEvolve Evolve(StaticEvolve before, object @event) => @event is null ? new() : before;
    }

    public sealed class Idle : Kept;

    public sealed class Ungrouped : MultiStreamProjection<HallTally, string>
    {
        public Ungrouped() => Identity<BoothPlanned>(e => e.Hall);

        public void Apply(BoothPlanned e, HallTally tally) => tally.Booths += e.Number;
        public void Apply(BoothReleased e, HallTally tally) => tally.Booths -= e.Reason.Length;
    }

    public sealed class WrongKey : MultiStreamProjection<HallTally, Guid>
    {
        public WrongKey() => Identity<BoothPlanned>(e => e.BoothId);

        public void Apply(BoothPlanned e, HallTally tally) => tally.Booths += e.Number;
    }

    public sealed class Aimless : MultiStreamProjection<HallTally, string>
    {
        public Aimless() => Identity<BoothPlanned>(e => e.Hall);

        public void Apply(BoothPlanned e) => Name = e.Hall;
    }
}
