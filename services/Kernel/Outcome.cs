namespace Expo.Kernel;

/// <summary>What came of a decision: a refusal, or the stream's version and the reply to give.</summary>
/// <param name="Refusal">Why not, or nothing when it was accepted.</param>
/// <param name="Version">The stream's version afterwards; 0 for a stream that does not exist.</param>
/// <param name="Appended">How many facts were appended.</param>
/// <param name="Reply">What a caller is told on success.</param>
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
}

/// <summary>The answer to a command that is accepted; known before the commit, so that it can be stored with it.</summary>
/// <param name="Status">The HTTP status: 200, 201 or 204.</param>
/// <param name="Location">Where the new thing is, for 201.</param>
/// <param name="Body">What is sent back, if anything.</param>
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
public sealed record Current<TState>(TState? State, long Version)
    where TState : class;
