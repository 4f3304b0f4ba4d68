using JasperFx.Events;

namespace Expo.Kernel;

/// <summary>One thing that happened to a stream.</summary>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Event">Its stored name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Actor">The account, or the service or process, that did it.</param>
/// <param name="Edition">The edition it belongs to, if any.</param>
/// <param name="Message">The message that caused it, if one did.</param>
public sealed record HistoryEntry(int Version, string Event, DateTimeOffset At, string? Actor, string? Edition, CausingMessage? Message);

/// <summary>The message that caused something.</summary>
public sealed record CausingMessage(string Name, Guid Id);

/// <summary>What happened to one thing, oldest first.</summary>
public sealed record History(Guid Id, IReadOnlyList<HistoryEntry> Items);

/// <summary>Serves the history of streams.</summary>
public static class HistoryEndpoint
{
    /// <summary>Maps <c>GET …/{id}/history</c> for callers that may read the stream; for others it does not exist.</summary>
    /// <param name="group">The group of the stream's endpoints.</param>
    /// <param name="name">The operation's name, <c>Get{Thing}History</c>.</param>
    /// <param name="unknown">The answer when there is no such stream, or not for this caller.</param>
    /// <param name="mayRead">Whether the caller may see it.</param>
    public static RouteHandlerBuilder MapHistory<TState>(this RouteGroupBuilder group, string name, Refusal unknown, Func<TState, Caller, bool> mayRead)
        where TState : class, IState<TState>, new() =>
        group.MapGet("/{id:guid}/history", async Task<Results<Ok<History>, ProblemHttpResult>> (
                Guid id, Caller caller, Streams streams, IQuerySession session, CancellationToken ct) =>
            {
                if (await streams.Read<TState>(id, ct) is not { State: { } state } || !mayRead(state, caller))
                    return unknown.ToProblem();

                var events = await session.Events.FetchStreamAsync(id, token: ct);
                return TypedResults.Ok(new History(id, events.Select(Entry).ToArray()));
            })
            .WithName(name)
            .WithSummary("What happened, who did it, and which message caused it");

    private static HistoryEntry Entry(IEvent e) => new(
        (int)e.Version, e.EventTypeName, e.Timestamp, e.UserName, e.GetHeader("edition")?.ToString(),
        Guid.TryParse(e.CausationId, out var message) ? new CausingMessage(e.GetHeader("message")?.ToString() ?? "", message) : null);
}
