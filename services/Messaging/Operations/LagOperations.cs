using Expo.Messaging.Feeds;
using Expo.Messaging.Listening;
using Expo.Messaging.Parking;
using Microsoft.AspNetCore.Mvc;

namespace Expo.Messaging;

/// <summary>How far the relay or a projection has come.</summary>
public sealed record ShardLag(string Name, long Position, long Behind);

/// <summary>How far a queue has heard a source's messages of one type, and where they ended when the source last said so (0: it did not yet).</summary>
public sealed record QueueLag(string Queue, string Source, string Type, long Heard, long End, int Holes);

/// <summary>How far the relay has told this service's events, of which epoch of the store, and since when and why it is paused, if it is.</summary>
public sealed record RelayLag(string Shard, long Position, long Behind, string Epoch, RelayPause? Paused);

/// <summary>How far everything in a service is.</summary>
public sealed record Lag(long LastEvent, RelayLag Relay, IReadOnlyList<ShardLag> Shards, IReadOnlyList<QueueLag> Queues, long Parked);

internal static class LagOperations
{
    public static async Task<Ok<Lag>> Show(IDocumentStore store, [FromServices] Hearing hearing, [FromServices] Feed feed, [FromServices] EventSource source, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var last = (await store.Advanced.FetchEventStoreStatistics(token: ct)).EventSequenceNumber;
        var shards = await store.Advanced.AllProjectionProgress(token: ct);
        var cursors = await session.QueryAsync<Cursor>("order by d.data ->> 'Queue', d.data ->> 'Type'", ct);
        var parked = await session.QueryAsync<long>($"select count(*) from mt_doc_parkedmessage d where {ParkingLot.Open}", ct);
        var told = shards.FirstOrDefault(shard => shard.ShardName == FeedHeads.Relay.Identity)?.Sequence ?? 0;
        return TypedResults.Ok(new Lag(
            last,
            new RelayLag(FeedHeads.Relay.Identity, told, Math.Max(0, last - told), await feed.Epoch(ct), await session.LoadAsync<RelayPause>(source.Name, ct)),
            [.. shards.Select(shard => new ShardLag(shard.ShardName, shard.Sequence, Math.Max(0, last - shard.Sequence)))],
            [.. cursors.Select(c => new QueueLag(c.Queue, c.Source, c.Type, c.Position, hearing.Ends.GetValueOrDefault((c.Source, c.Type)), c.Ahead.Count))],
            parked[0]));
    }
}
