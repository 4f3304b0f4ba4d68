namespace Expo.Kernel;

/// <summary>A stream's state: starts from <c>new()</c> and changes only by folding events.</summary>
public interface IState<TSelf> where TSelf : class, IState<TSelf>, new()
{
    /// <summary>The state after one more event; an event it does not know leaves it as it is.</summary>
    TSelf Evolve(object @event);
}

/// <summary>What a decider answers: facts to append (perhaps none), or a refusal.</summary>
public abstract record Decision<TEvent>
{
    private Decision() { }

    /// <summary>The facts to append, in order; none means that there is nothing left to do.</summary>
    public sealed record Accepted(params IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    /// <summary>The domain says no; facts that somebody must react to (a refused entry at a gate) are appended all the same.</summary>
    public sealed record Refused(Refusal Why, params IReadOnlyList<TEvent> Facts) : Decision<TEvent>;

    /// <summary>Asked again, or nothing to do: accepted without a new fact.</summary>
    public static Decision<TEvent> Nothing { get; } = new Accepted();

    /// <summary>One fact is a decision.</summary>
    public static implicit operator Decision<TEvent>(TEvent fact) => new Accepted(fact);

    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision<TEvent>(Refusal why) => new Refused(why);
}

/// <summary>An event type and the name it is stored under.</summary>
public sealed record StoredEvent(Type Type, string Name);

/// <summary>A state that is kept for every stream, under the name of its projection.</summary>
public sealed record KeptState(string Projection);
