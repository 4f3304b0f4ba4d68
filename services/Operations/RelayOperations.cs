namespace Expo.Operations;

internal static class RelayOperations
{
    private static readonly Refusal Paused = Refusal.Conflict("relay.paused", "中继已经暂停。", "The relay is paused already.");
    private static readonly Refusal NotPaused = Refusal.Conflict("relay.not_paused", "中继没有暂停。", "The relay is not paused.");

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> Pause(
        OperationRequest body, Caller caller, [FromServices] EventSource source, IDocumentStore store, TimeProvider clock, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<RelayPause>(source.Name, ct) is not null)
            return Paused.ToProblem();
        return await OperationsModule.Record(
            store, clock, caller, body, "pause", FeedHeads.Relay.Identity,
            new Text("不再对外发布消息（已在途的一页除外），直到恢复；重放请求仍会应答。", "Tell nothing more until it is resumed, but for the page on its way; replays that are asked for are still sent."),
            async why =>
            {
                session.Store(new RelayPause(source.Name, clock.GetUtcNow(), caller.AccountId, why));
                await session.SaveChangesAsync(ct);
                return null;
            });
    }

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> Resume(
        OperationRequest body, Caller caller, [FromServices] EventSource source, IDocumentStore store, TimeProvider clock, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        if (await session.LoadAsync<RelayPause>(source.Name, ct) is not { } pause)
            return NotPaused.ToProblem();
        return await OperationsModule.Record(
            store, clock, caller, body, "resume", FeedHeads.Relay.Identity,
            new Text($"从 {pause.Since:u} 的暂停处继续发布，不丢失任何消息。", $"Go on telling where it was paused at {pause.Since:u}; nothing is left out."),
            async _ =>
            {
                session.Delete<RelayPause>(source.Name);
                await session.SaveChangesAsync(ct);
                return null;
            });
    }
}
