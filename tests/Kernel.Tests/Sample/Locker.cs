using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;

namespace Expo.Kernel.Tests.Sample;

/// <summary>What happens to a locker of the cloakroom.</summary>
public abstract record LockerEvent;

/// <summary>Somebody put their things in.</summary>
public sealed record LockerTaken(Guid LockerId, Guid Holder, DateTimeOffset Until) : LockerEvent;

/// <summary>It is free again.</summary>
public sealed record LockerReturned(Guid LockerId, Guid Holder, string Reason) : LockerEvent;

/// <summary>Somebody tried a locker that is not theirs, and the guard must know.</summary>
public sealed record LockerTampered(Guid LockerId, Guid By) : LockerEvent;

/// <summary>A locker of the cloakroom.</summary>
public sealed record Locker(Guid Id, Guid? Holder, int TimesTaken) : IState<Locker>
{
    /// <summary>A free one.</summary>
    public Locker()
        : this(Guid.Empty, null, 0)
    {
    }

    /// <inheritdoc />
    public Locker Evolve(object @event) => @event switch
    {
        LockerTaken e => this with { Id = e.LockerId, Holder = e.Holder, TimesTaken = TimesTaken + 1 },
        LockerReturned _ => this with { Holder = null },
        _ => this,
    };
}

/// <summary>Who holds a locker; personal.</summary>
public sealed record HolderCard(string Name, string Phone);

/// <summary>Take a free locker.</summary>
public sealed record TakeLocker(Guid LockerId, Guid Holder, int Minutes)
{
    /// <summary>The holder keeps it when asking again.</summary>
    public Decision<LockerEvent> Decide(Locker locker, DateTimeOffset now) => locker switch
    {
        { Holder: null } => new LockerTaken(LockerId, Holder, now.AddMinutes(Minutes)),
        { Holder: var holder } when holder == Holder => Decision<LockerEvent>.Nothing,
        _ => new Decision<LockerEvent>.Refused(
            Refusal.Conflict("locker.taken", "储物柜已被占用。", "This locker is taken.").With("lockerId", LockerId.ToString()), new LockerTampered(LockerId, Holder)),
    };
}

/// <summary>Give a locker back.</summary>
public sealed record ReturnLocker(Guid Holder, string Reason)
{
    /// <summary>Only its holder can, and only one that was ever taken is known.</summary>
    public Decision<LockerEvent> Decide(Locker locker, DateTimeOffset now) => locker switch
    {
        { TimesTaken: 0 } => Refusal.Unknown("locker.unknown", "没有这个储物柜。", "There is no such locker."),
        { Holder: null } => Decision<LockerEvent>.Nothing,
        { Holder: var holder } when holder == Holder => new LockerReturned(locker.Id, Holder, Reason),
        _ => Refusal.Rule("locker.not_yours", "这不是您的储物柜。", "This is not your locker."),
    };
}

/// <summary>Take it even if somebody has it: every call is another fact.</summary>
public sealed record SqueezeIn(Guid LockerId, Guid Holder)
{
    /// <summary>Always accepted.</summary>
    public Decision<LockerEvent> Decide(Locker locker, DateTimeOffset now) => new LockerTaken(LockerId, Holder, now.AddHours(1));
}

/// <summary>How often lockers were given back, counted in a stream of its own.</summary>
public sealed record Tally(Guid Id, int Returns) : IState<Tally>
{
    /// <summary>None yet.</summary>
    public Tally()
        : this(Guid.Empty, 0)
    {
    }

    /// <summary>The lockers counted.</summary>
    public IReadOnlyList<Guid> Counted { get; init; } = [];

    /// <inheritdoc />
    public Tally Evolve(object @event) => @event is ReturnCounted e ? this with { Id = e.TallyId, Returns = Returns + 1, Counted = [.. Counted, e.LockerId] } : this;
}

/// <summary>What happens to the tally.</summary>
public abstract record TallyEvent;

/// <summary>One more.</summary>
public sealed record ReturnCounted(Guid TallyId, Guid LockerId) : TallyEvent;

/// <summary>Count a locker that was given back.</summary>
public sealed record CountReturn(Guid TallyId, Guid LockerId)
{
    /// <summary>Each locker counts once.</summary>
    public Decision<TallyEvent> Decide(Tally tally, DateTimeOffset now) =>
        tally.Counted.Contains(LockerId) ? Decision<TallyEvent>.Nothing : new ReturnCounted(TallyId, LockerId);
}

/// <summary>What is due after a locker's events: the hold's end, and the tally at once.</summary>
public static class LockerTimers
{
    /// <summary>The tally that a locker counts in.</summary>
    public static Guid TallyOf(Guid locker) => NaturalId.For("tally", locker.ToString("N"));

    /// <summary>Pure.</summary>
    public static IEnumerable<Due> After(LockerEvent fact, DateTimeOffset now) => fact switch
    {
        LockerTaken e => [new Due(e.Until, e.LockerId, new ReturnLocker(e.Holder, "time is up"))],
        LockerReturned e => [new Due(now, TallyOf(e.LockerId), new CountReturn(TallyOf(e.LockerId), e.LockerId))],
        _ => [],
    };
}
