namespace Expo.Operations;

/// <summary>A parked message with the messages of its stream that wait behind it.</summary>
public sealed record ParkedWithFollowers(ParkedMessage Message, IReadOnlyList<ParkedMessage> Behind);

internal static class ParkedOperations
{
    private static readonly Refusal Unknown = Refusal.Unknown("parked_message.unknown", "没有这条搁置的消息。", "There is no such parked message.");
    private static readonly Refusal Decided = Refusal.Conflict("parked_message.decided", "这条消息已经处理。", "This message was decided on already.");
    private static readonly Refusal NotFirst = Refusal.Conflict(
        "parked_message.not_first", "同一流中更早的消息尚未处理，请先处理它。", "An earlier message of its stream is parked: decide on that one first.");
    private static readonly Refusal Unreadable = Refusal.Rule(
        "parked_message.unreadable", "来源不明，无法重新获取，只能跳过。", "Nobody knows where it came from, so it cannot be asked for again: skip it.");

    public static async Task<Ok<Page<ParkedMessage>>> List(Paging paging, IQuerySession session, CancellationToken ct, string queue = "")
    {
        var rows = await session.QueryAsync<ParkedMessage>(
            $"where {ParkedRows.IsOpen} and (? = '' or d.data ->> 'Queue' = ?) and (d.data ->> 'At') || d.id::text > ? order by (d.data ->> 'At') || d.id::text limit ?",
            ct, queue, queue, paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<ParkedMessage>.Of(rows, paging.Limit, Key));
    }

    public static async Task<Results<Ok<ParkedWithFollowers>, ProblemHttpResult>> Show(Guid id, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadAsync<ParkedMessage>(id, ct) is not { } parked)
            return Unknown.ToProblem();
        var stream = await ParkedRows.Open(session, parked.Queue, parked.Stream, ct);
        return TypedResults.Ok(new ParkedWithFollowers(parked, [.. stream.Where(other => other.Position > parked.Position)]));
    }

    public static Task<Results<Ok<Operation>, ProblemHttpResult>> Retry(
        Guid id, OperationRequest body, Caller caller, [FromServices] ParkingLot parking, IDocumentStore store, TimeProvider clock, CancellationToken ct) =>
        Decide(id, body, caller, retry: true, parking, store, clock, ct);

    public static Task<Results<Ok<Operation>, ProblemHttpResult>> Skip(
        Guid id, OperationRequest body, Caller caller, [FromServices] ParkingLot parking, IDocumentStore store, TimeProvider clock, CancellationToken ct) =>
        Decide(id, body, caller, retry: false, parking, store, clock, ct);

    private static async Task<Results<Ok<Operation>, ProblemHttpResult>> Decide(
        Guid id, OperationRequest request, Caller caller, bool retry, ParkingLot parking, IDocumentStore store, TimeProvider clock, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<ParkedMessage>(id, ct) is not { } parked)
            return Unknown.ToProblem();
        if (!parked.IsOpen())
            return Decided.ToProblem();
        if (retry && parked.Position == 0)
            return Unreadable.ToProblem();

        var stream = await ParkedRows.Open(session, parked.Queue, parked.Stream, ct);
        if (stream.Any(other => other.Position < parked.Position))
            return NotFirst.ToProblem();
        var behind = stream.Count - 1;
        return await OperationsModule.Record(
            store, clock, caller, request, retry ? "retry" : "skip", id.ToString(),
            retry
                ? new Text($"向 {parked.Source} 重新获取位置 {parked.Position} 的消息，其后 {behind} 条随后处理。", $"Ask {parked.Source} for position {parked.Position} again; {behind} behind it follow.")
                : new Text($"跳过位置 {parked.Position} 的消息，其后 {behind} 条放行。", $"Let position {parked.Position} go; {behind} behind it are let through."),
            async why => await parking.Decide(parked, retry, caller.AccountId.ToString(), why, ct) ? null : NotFirst);
    }

    private static string Key(ParkedMessage parked) =>
        JsonSerializer.SerializeToElement(parked.At, EventStore.Json).GetString() + parked.Id;
}
