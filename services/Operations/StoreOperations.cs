using JasperFx.Events.Projections;

namespace Expo.Operations;

/// <summary>Which projection to build again.</summary>
public sealed record RebuildBody(string? Projection, string? Why = null, bool DryRun = false) : OperationRequest(Why, DryRun);

/// <summary>From which position a shard is to go on.</summary>
public sealed record CheckpointBody(string? Shard, long Position = 0, string? Why = null, bool DryRun = false) : OperationRequest(Why, DryRun);

/// <summary>Which event a shard is to pass over: the one it stands at.</summary>
public sealed record SkipEventBody(long Sequence = 0, string? Why = null, bool DryRun = false) : OperationRequest(Why, DryRun);

internal static class StoreOperations
{
    private static readonly Refusal UnknownProjection = Refusal.Unknown("projection.unknown", "没有这个投影。", "There is no such projection.");
    private static readonly Refusal UnknownShard = Refusal.Unknown("shard.unknown", "没有这个分片。", "There is no such shard.");
    private static readonly Refusal OutOfRange = Refusal.Rule("checkpoint.out_of_range", "位置必须在零与最新事件之间。", "The position must lie between zero and the newest event.");
    public static readonly Refusal NotStopped = Refusal.Conflict("shard.not_stopped_there", "该分片没有停在这个事件上。", "The shard is not stopped by that event.");

    /// <summary>The relay and the asynchronous projections; Marten does not count a subscription among them.</summary>
    public static IReadOnlyList<ShardName> Shards(IDocumentStore store) => [FeedHeads.Relay, .. store.Advanced.AllAsyncProjectionShardNames()];

    /// <summary>What can be built again: the states kept of streams, and asynchronous projections.</summary>
    public static IEnumerable<string> Projections(IDocumentStore store, IEnumerable<KeptState> states) =>
        states.Select(state => state.Projection).Concat(store.Advanced.AllAsyncProjectionShardNames().Select(shard => shard.Name)).Distinct().Order(StringComparer.Ordinal);

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> Rebuild(
        RebuildBody body, Caller caller, IDocumentStore store, [FromServices] IEnumerable<KeptState> states, TimeProvider clock, CancellationToken ct) =>
        Projections(store, states).Contains(body.Projection)
            ? await OperationsModule.Order(
                store, clock, caller, body, ShardKeeper.Rebuild, body.Projection!, new Text($"从第一个事件起重建 {body.Projection}。", $"Build {body.Projection} again from the first event."), null, ct)
            : UnknownProjection.ToProblem();

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> SetCheckpoint(
        CheckpointBody body, Caller caller, IDocumentStore store, TimeProvider clock, CancellationToken ct)
    {
        if (Shards(store).FirstOrDefault(shard => shard.Identity == body.Shard) is not { } known)
            return UnknownShard.ToProblem();
        if (body.Position < 0 || body.Position > (await store.Advanced.FetchEventStoreStatistics(token: ct)).EventSequenceNumber)
            return OutOfRange.ToProblem();

        var now = await store.Advanced.ProjectionProgressFor(known, token: ct);
        return await OperationsModule.Order(
            store, clock, caller, body, ShardKeeper.Checkpoint, known.Identity, new Text($"从 {now} 改为 {body.Position}。", $"From {now} to {body.Position}."), body.Position, ct);
    }

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> SkipEvent(
        string shard, SkipEventBody body, Caller caller, IDocumentStore store, TimeProvider clock, CancellationToken ct)
    {
        if (Shards(store).All(known => known.Identity != shard))
            return UnknownShard.ToProblem();
        await using var session = store.QuerySession();
        if (await session.LoadAsync<ShardReport>(shard, ct) is not { Event: { } stopping } || stopping.Sequence != body.Sequence)
            return NotStopped.ToProblem();
        return await OperationsModule.Order(
            store, clock, caller, body, ShardKeeper.Skip, shard,
            new Text($"跳过事件 {stopping.Sequence}（{stopping.Type}），记为死信。", $"Pass over event {stopping.Sequence} ({stopping.Type}) and keep a dead letter of it."), stopping.Sequence, ct);
    }
}
