using JasperFx;
using JasperFx.Events.Projections;

namespace Expo.Operations;

/// <summary>How far the relay or an asynchronous projection has come, how it is since when, and what stops it, if something does.</summary>
public sealed record ShardLag(string Name, long Position, long Behind, AgentStatus State, DateTimeOffset? Since, string? Failure, StoppingEvent? Event);

/// <summary>What can be built again, and the last time that was asked for: how far it is, or how it ended.</summary>
public sealed record ProjectionLag(string Name, Operation? Rebuild);

/// <summary>How far a queue has heard a source's messages of one type, and where they ended when the source last said so (0: it did not yet).</summary>
public sealed record QueueLag(string Queue, string Source, string Type, long Heard, long End, int Holes, DateTimeOffset? StalledSince);

/// <summary>How far this service has heard another: up to where, of what the other has announced; the most that one of its queues is behind; since when nothing moves; how much waits for a decision.</summary>
public sealed record FeedLag(string Source, long Heard, long Head, long Behind, DateTimeOffset? StalledSince, long Parked);

/// <summary>How far the relay has told this service's events, of which epoch of the store, and since when and why it is paused, if it is.</summary>
public sealed record RelayLag(string Shard, long Position, long Behind, string Epoch, RelayPause? Paused);

/// <summary>How far everything in a service is: up to the mark, all events are known.</summary>
public sealed record Lag(
    long LastEvent, long Mark, RelayLag Relay, IReadOnlyList<ShardLag> Shards, IReadOnlyList<ProjectionLag> Projections, IReadOnlyList<FeedLag> Feeds, IReadOnlyList<QueueLag> Queues, long Parked);

internal static class LagOperations
{
    public static async Task<Ok<Lag>> Show(
        IDocumentStore store, [FromServices] Hearing hearing, [FromServices] Feed feed, [FromServices] EventSource source, [FromServices] IEnumerable<KeptState> states, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var last = (await store.Advanced.FetchEventStoreStatistics(token: ct)).EventSequenceNumber;
        var progress = (await store.Advanced.AllProjectionProgress(token: ct)).ToDictionary(shard => shard.ShardName, shard => shard.Sequence);
        var reports = (await session.QueryAsync<ShardReport>("order by d.id", ct)).ToDictionary(report => report.Id);
        var rebuilds = (await session.QueryAsync<Operation>("where d.data ->> 'Command' = ? and d.data ->> 'DryRun' = 'false' order by d.id::text", ct, ShardKeeper.Rebuild))
            .GroupBy(rebuild => rebuild.Subject).ToDictionary(all => all.Key, all => all.Last());
        var queues = (await session.QueryAsync<Cursor>("order by d.data ->> 'Queue', d.data ->> 'Type'", ct)).Select(c => new QueueLag(
            c.Queue, c.Source, c.Type, c.Position, hearing.Ends.GetValueOrDefault((c.Source, c.Type)), c.Ahead.Count, hearing.StalledSince(c))).ToList();
        var parked = (await session.QueryAsync<ParkedMessage>($"where {ParkedRows.IsOpen}", ct)).ToLookup(message => message.Source);
        return TypedResults.Ok(new Lag(
            last, progress.GetValueOrDefault(ShardState.HighWaterMark),
            new RelayLag(FeedHeads.Relay.Identity, At(FeedHeads.Relay.Identity), Behind(FeedHeads.Relay.Identity), await feed.Epoch(ct), await session.LoadAsync<RelayPause>(source.Name, ct)),
            [.. StoreOperations.Shards(store).Select(shard => ShardOf(shard.Identity, reports.GetValueOrDefault(shard.Identity)))],
            [.. StoreOperations.Projections(store, states).Select(name => new ProjectionLag(name, rebuilds.GetValueOrDefault(name)))],
            [.. queues.GroupBy(queue => queue.Source).Select(feed => FeedOf(feed.Key, [.. feed], parked[feed.Key].Count()))],
            queues,
            parked.Sum(source => source.Count())));

        ShardLag ShardOf(string shard, ShardReport? report) =>
            new(shard, At(shard), Behind(shard), report?.State ?? AgentStatus.Stopped, report?.Since, report?.Failure, report?.Event);
        long At(string shard) => progress.GetValueOrDefault(shard);
        long Behind(string shard) => Math.Max(0, last - At(shard));
    }

    private static FeedLag FeedOf(string source, IReadOnlyList<QueueLag> queues, long parked)
    {
        var behind = queues.Where(queue => queue.End > queue.Heard).ToList();
        return new FeedLag(
            source, behind.Count == 0 ? queues.Max(queue => queue.Heard) : behind.Min(queue => queue.Heard), queues.Max(queue => Math.Max(queue.End, queue.Heard)),
            behind.Count == 0 ? 0 : behind.Max(queue => queue.End - queue.Heard), behind.Min(queue => queue.StalledSince), parked);
    }
}
