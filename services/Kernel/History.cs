using JasperFx.Events;

namespace Expo.Kernel;

/// <summary>One thing that happened to a stream: its place there (from 1), stored name, time, the account or process that did it, the edition and the causing message if any.</summary>
public sealed record HistoryEntry(int Version, string Event, DateTimeOffset At, string? Actor, string? Edition, CausingMessage? Message);

/// <summary>The message that caused something.</summary>
public sealed record CausingMessage(string Name, Guid Id);

/// <summary>What happened to one thing, oldest first.</summary>
public sealed record History(Guid Id, IReadOnlyList<HistoryEntry> Items);

/// <summary>Serves the history of streams.</summary>
public static class HistoryEndpoint
{
    /// <summary>Maps <c>GET …/{id}/history</c> for callers that may read the stream; for others it does not exist.</summary>
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
