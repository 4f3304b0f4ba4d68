namespace Expo.Kernel;

/// <summary>What came of a decision: a refusal or none, the stream's version afterwards (0: it does not exist), how many facts were appended, and the reply to give.</summary>
public sealed record Outcome(Refusal? Refusal, long Version, int Appended, Reply Reply)
{
    /// <summary>Whether the decision was accepted, with or without new facts.</summary>
    public bool Accepted => Refusal is null;
}

/// <summary>A refusal where none can be answered: the message comes again.</summary>
public sealed class RefusedException(Refusal why) : Exception($"Refused: {why.Code}.");

/// <summary>For consumers and reactions, which have nobody to answer.</summary>
public static class Outcomes
{
    /// <summary>Throws on a refusal, so that nothing is dropped: the message or timer comes again.</summary>
    public static async Task<Outcome> MustAccept(this Task<Outcome> work) =>
        await work is var outcome && outcome.Refusal is { } why ? throw new RefusedException(why) : outcome;

    /// <summary>The refusal that must be recorded somewhere, or nothing; when the stream was only busy it throws, and the message or timer comes again.</summary>
    public static async Task<Refusal?> MustAnswer(this Task<Outcome> work) =>
        (await work).Refusal is var why && why?.Kind == RefusalKind.Busy ? throw new RefusedException(why) : why;
}

/// <summary>The answer to a command that is accepted; known before the commit, so that it can be stored with it.</summary>
public sealed record Reply(int Status, string? Location = null, object? Body = null)
{
    /// <summary>204.</summary>
    public static Reply NoContent { get; } = new(204);
    /// <summary>201 with where it is and what it is.</summary>
    public static Reply Created(string location, object body) => new(201, location, body);
    /// <summary>200 with a body.</summary>
    public static Reply Ok(object body) => new(200, null, body);
}

/// <summary>What is written, or checked, together with a decision.</summary>
public sealed record With
{
    /// <summary>The answer on success; 204 unless said otherwise.</summary>
    public Reply Reply { get; init; } = Reply.NoContent;
    /// <summary>The version that the caller saw, when it insists.</summary>
    public Http.IfMatch IfMatch { get; init; }
    /// <summary>Personal data that belongs to the new facts; it is kept outside them.</summary>
    public IReadOnlyList<Personal.PersonalCard> Personal { get; init; } = [];
}

/// <summary>A stream's state as it is now, with its version.</summary>
public sealed record Current<TState>(TState? State, long Version) where TState : class;
