namespace Expo.Operations;

/// <summary>Which messages to ask for: of one type or of all that the queue listens to, after a position.</summary>
public sealed record ReplayBody(string? Queue, string? Source, string? Type = null, long FromPosition = 0, string? Why = null, bool DryRun = false) : OperationRequest(Why, DryRun);

internal static class ReplayOperations
{
    private static readonly Refusal UnknownQueue = Refusal.Unknown("queue.unknown", "本服务没有这个队列，或它不接收该类型。", "This service has no such queue, or it does not listen to that type.");

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> Replay(
        ReplayBody body, Caller caller, [FromServices] IReadOnlyList<Listener> listeners, [FromServices] Hearing hearing, IDocumentStore store, TimeProvider clock, CancellationToken ct)
    {
        var types = listeners.Where(l => l.Queue == body.Queue).SelectMany(l => l.Types).Where(type => body.Type is null || type == body.Type).ToArray();
        if (types.Length == 0 || string.IsNullOrWhiteSpace(body.Source) || body.FromPosition < 0)
            return UnknownQueue.ToProblem();

        return await OperationsModule.Record(
            store, clock, caller, body, "replay", body.Queue!,
            new Text($"向 {body.Source} 请求位置 {body.FromPosition} 之后的 {types.Length} 类消息。", $"Ask {body.Source} for {types.Length} type(s) of message after position {body.FromPosition}."),
            async _ =>
            {
                foreach (var type in types)
                    await hearing.Ask(body.Queue!, body.Source, [type], body.FromPosition, null, ct);
                return null;
            });
    }
}
