namespace Expo.Kernel.Http;

/// <summary>Turns outcomes and read models into typed results.</summary>
public static class Answers
{
    /// <summary>204, or the refusal.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> NoContentOrProblem(this Task<Outcome> work) =>
        (await work).Refusal is { } why ? why.ToProblem() : TypedResults.NoContent();

    /// <summary>201 with the reply's location and body, or the refusal.</summary>
    public static async Task<Results<Created<T>, ProblemHttpResult>> CreatedOrProblem<T>(this Task<Outcome> work) where T : class =>
        await work is var outcome && outcome.Refusal is { } why
            ? why.ToProblem()
            : TypedResults.Created(outcome.Reply.Location, (T)outcome.Reply.Body!);

    /// <summary>200 with the reply's body, or the refusal.</summary>
    public static async Task<Results<Ok<T>, ProblemHttpResult>> OkOrProblem<T>(this Task<Outcome> work) where T : class =>
        await work is var outcome && outcome.Refusal is { } why ? why.ToProblem() : TypedResults.Ok((T)outcome.Reply.Body!);

    /// <summary>200 with what was found, or 404 with the code.</summary>
    public static Results<Ok<T>, ProblemHttpResult> OkOr<T>(this T? found, Refusal unknown) where T : class =>
        found is null ? unknown.ToProblem() : TypedResults.Ok(found);
}
