using System.Text.Json;
using Expo.Kernel;
using Xunit;

namespace Expo.TestKit;

/// <summary>given(events) when(decide) then(events | refusal). No mocks, no clock, no database.</summary>
public static class Spec
{
    /// <summary>A stream with this history; none for a stream that does not exist yet.</summary>
    public static Given<TState> Given<TState>(params object[] history)
        where TState : class, IState<TState>, new() =>
        new(history.Aggregate(new TState(), (state, fact) => state.Evolve(fact)));
}

/// <summary>The state that a decision starts from.</summary>
public sealed record Given<TState>(TState State)
    where TState : class, IState<TState>, new()
{
    /// <summary>The command, and the instant at which it is decided.</summary>
    public When<TState, TEvent> When<TEvent>(Func<TState, DateTimeOffset, Decision<TEvent>> decide, DateTimeOffset at)
        where TEvent : class =>
        new(State, decide, at);
}

/// <summary>A decision about to be made, or made again on the state it has led to.</summary>
public sealed record When<TState, TEvent>(TState State, Func<TState, DateTimeOffset, Decision<TEvent>> Decide, DateTimeOffset At)
    where TState : class, IState<TState>, new()
    where TEvent : class
{
    /// <summary>It is accepted with exactly these facts, in this order; none means that nothing is left to do.</summary>
    public When<TState, TEvent> Then(params TEvent[] expected)
    {
        var decision = Ask();
        return decision is Decision<TEvent>.Accepted accepted && Same(accepted.Events, expected)
            ? After(accepted.Events)
            : throw Different(Facts(expected), decision);
    }

    /// <summary>It is refused with this code, and nothing is recorded.</summary>
    public When<TState, TEvent> ThenRefused(string code) => ThenRefused(code, []);

    /// <summary>It is refused with this code, and these facts are recorded all the same.</summary>
    public When<TState, TEvent> ThenRefused(string code, params TEvent[] facts)
    {
        var decision = Ask();
        return decision is Decision<TEvent>.Refused refused && refused.Why.Code == code && Same(refused.Facts, facts)
            ? After(refused.Facts)
            : throw Different($"refused {code}\n{Facts(facts)}", decision);
    }

    /// <summary>Asked again in the state it has led to, there is nothing left to do.</summary>
    public void AndAgainNothing() => Then();

    private Decision<TEvent> Ask()
    {
        var decision = Decide(State, At);
        Evidence.Decided(Decide, decision is Decision<TEvent>.Accepted);
        return decision;
    }

    private When<TState, TEvent> After(IEnumerable<TEvent> facts) =>
        this with { State = facts.Aggregate(State, (state, fact) => state.Evolve(fact)) };

    // As they are stored: lists inside records compare by reference, their JSON does not.
    private static bool Same(IEnumerable<TEvent> actual, IEnumerable<TEvent> expected) => actual.Select(Stored).SequenceEqual(expected.Select(Stored));

    private static string Stored(TEvent fact) => $"{fact.GetType().Name} {JsonSerializer.Serialize(fact, fact.GetType(), EventStore.Json)}";

    private static string Facts(IReadOnlyCollection<TEvent> facts) =>
        facts.Count == 0 ? "  no facts" : string.Join('\n', facts.Select(fact => "  " + Stored(fact)));

    private static Xunit.Sdk.XunitException Different(string expected, Decision<TEvent> actual) => new(
        $"Expected:\n{expected}\nDecided:\n" + actual switch
        {
            Decision<TEvent>.Accepted accepted => Facts(accepted.Events),
            Decision<TEvent>.Refused refused => $"refused {refused.Why.Code}\n{Facts(refused.Facts)}",
            _ => actual.ToString(),
        });
}
