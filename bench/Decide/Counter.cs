using Expo.Kernel;

namespace Expo.Bench.Decide;

/// <summary>What happens to a counter.</summary>
public abstract record CounterEvent;

/// <summary>It was counted; the note brings the stored event to about 400 bytes.</summary>
public sealed record Counted(Guid CounterId, int By, string Note) : CounterEvent;

/// <summary>A counter: the smallest state that a decision has to read.</summary>
public sealed record Counter(Guid Id, int Count) : IState<Counter>
{
    /// <summary>Not counted yet.</summary>
    public Counter() : this(Guid.Empty, 0) { }

    /// <inheritdoc />
    public Counter Evolve(object @event) => @event is Counted e ? new Counter(e.CounterId, Count + e.By) : this;
}

/// <summary>Count one up.</summary>
public sealed record Count(Guid CounterId)
{
    private static readonly string Note = new('n', 320);

    /// <summary>Always accepted.</summary>
    public Decision<CounterEvent> Decide(Counter counter, DateTimeOffset now) => new Counted(CounterId, 1, Note);
}
