using Expo.Messaging.Feeds;
using JasperFx;
using JasperFx.Events.Daemon;

namespace Expo.Messaging;

/// <summary>Which projection to build again.</summary>
public sealed record RebuildBody(string? Projection, string? Why = null, bool DryRun = false) : OperationRequest(Why, DryRun);

/// <summary>From which position a shard is to go on.</summary>
public sealed record CheckpointBody(string? Shard, long Position = 0, string? Why = null, bool DryRun = false) : OperationRequest(Why, DryRun);

internal static partial class StoreOperations
{
    private static readonly TimeSpan RebuildTime = TimeSpan.FromHours(4);

    private static readonly Refusal UnknownProjection = Refusal.Unknown("projection.unknown", "没有这个异步投影。", "There is no such asynchronous projection.");
    private static readonly Refusal OutOfRange = Refusal.Rule("checkpoint.out_of_range", "位置必须在零与最新事件之间。", "The position must lie between zero and the newest event.");
    private static readonly Refusal Elsewhere = Refusal.Conflict("shard.elsewhere", "它在另一节点上运行，请向该节点提出。", "It runs on another node: ask that one.");

    public static Task<Results<Ok<Operation>, ProblemHttpResult>> Rebuild(
        RebuildBody body, Caller caller, IDocumentStore store, IProjectionCoordinator daemon, TimeProvider clock, ILogger<Operation> logger)
    {
        if (store.Advanced.AllAsyncProjectionShardNames().All(shard => shard.Name != body.Projection || shard.Identity == FeedHeads.Relay.Identity))
            return Task.FromResult<Results<Ok<Operation>, ProblemHttpResult>>(UnknownProjection.ToProblem());

        return OperationsModule.Record(
            store, clock, caller, body, "rebuild", body.Projection!, new Text($"从第一个事件起重建 {body.Projection}。", $"Build {body.Projection} again from the first event."),
            why =>
            {
                _ = Rebuild(daemon.DaemonForMainDatabase(), body.Projection!, logger); // it goes on after the answer; its progress is in the lag
                return Task.FromResult<Refusal?>(null);
            });
    }

    public static async Task<Results<Ok<Operation>, ProblemHttpResult>> SetCheckpoint(
        CheckpointBody body, Caller caller, IDocumentStore store, IProjectionCoordinator coordinator, TimeProvider clock, CancellationToken ct)
    {
        var daemon = coordinator.DaemonForMainDatabase();
        if (store.Advanced.AllAsyncProjectionShardNames().All(shard => shard.Identity != body.Shard))
            return UnknownProjection.ToProblem();
        if (body.Position < 0 || body.Position > (await store.Advanced.FetchEventStoreStatistics(token: ct)).EventSequenceNumber)
            return OutOfRange.ToProblem();
        if (daemon.StatusFor(body.Shard!) != AgentStatus.Running)
            return Elsewhere.ToProblem();

        var now = (await store.Advanced.AllProjectionProgress(token: ct)).FirstOrDefault(shard => shard.ShardName == body.Shard)?.Sequence ?? 0;
        return await OperationsModule.Record(
            store, clock, caller, body, "checkpoint", body.Shard!, new Text($"从 {now} 改为 {body.Position}。", $"From {now} to {body.Position}."),
            async _ =>
            {
                await daemon.StopAgentAsync(body.Shard!);
                await using (var session = store.LightweightSession())
                {
                    session.QueueSqlCommand("update mt_event_progression set last_seq_id = ? where name = ?", body.Position, body.Shard!);
                    await session.SaveChangesAsync(CancellationToken.None);
                }

                await daemon.StartAgentAsync(body.Shard!, CancellationToken.None);
                return null;
            });
    }

    private static async Task Rebuild(IProjectionDaemon daemon, string projection, ILogger logger)
    {
        await Task.Yield();
        try
        {
            await daemon.RebuildProjectionAsync(projection, RebuildTime, CancellationToken.None);
            Rebuilt(logger, projection);
        }
        catch (Exception e)
        {
            NotRebuilt(logger, projection, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Projection} was built again")]
    private static partial void Rebuilt(ILogger logger, string projection);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Projection} could not be built again")]
    private static partial void NotRebuilt(ILogger logger, string projection, Exception failure);
}
