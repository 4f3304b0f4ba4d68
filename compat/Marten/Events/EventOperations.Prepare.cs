using JasperFx.Events;
using Marten.Events.Projections;
using Marten.Schema;
using Marten.Sessions;

namespace Marten.Events;

internal sealed partial class EventOperations
{
    /// <summary>Stamps every queued event; reads a stream first only where its version or kind is needed and not known.</summary>
    internal async ValueTask Prepare(CancellationToken ct)
    {
        var now = Graph.TimeProvider.GetUtcNow();
        foreach (var stream in _streams)
        {
            if (stream.Events.Count == 0) continue;
            if (NeedsReading(stream)) await ReadAndLock(stream, ct);
            if (stream.AggregateType is { } type) stream.AggregateTypeName ??= EventGraph.AliasFor(type);
            Stamp(stream, now);
        }
    }

    /// <summary>Folds the queued events into the inline snapshots and runs inline event projections.</summary>
    internal async ValueTask<List<StorageOperation>> ProjectInline(CancellationToken ct)
    {
        var snapshots = new List<StorageOperation>(2);
        var projections = session.Owner.StoreOptions.Projections;
        foreach (var stream in _streams)
        {
            if (stream.Events.Count == 0) continue;
            if (stream.AggregateType is { } type && projections.InlineFor(type) is { } own) snapshots.Add(await Snapshot(stream, own, ct));
            foreach (var other in projections.InlineSnapshots)
                if (other.Aggregator.DocumentType != stream.AggregateType && Concerns(other, stream)) snapshots.Add(await Snapshot(stream, other, ct));
            foreach (var projection in projections.InlineProjections)
                foreach (var @event in stream.Events) await projection.Project(session, @event, ct);
        }

        return snapshots;
    }

    private bool NeedsReading(StreamAction stream) => stream.ActionType == StreamActionType.Append && stream.AggregateType is null
        && session.Owner.StoreOptions.Projections.InlineSnapshots.Count > 0;

    /// <summary>The snapshot of an append that names neither version nor kind needs both, held until the commit.</summary>
    private async ValueTask ReadAndLock(StreamAction stream, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        var sql = session.Owner.EventSql;
        var found = await session.Read<(long Version, string? Type)?>(sql.LockStream, async (row, token) =>
            await row.ReadAsync(token) ? (row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1)) : null, ct, Db.Uuid(stream.Id));
        stream.ExpectedVersionOnServer ??= found?.Version ?? 0;
        if (found is null && stream.ExpectedVersionOnServer == 0) stream.ActionType = StreamActionType.Start;
        stream.AggregateType = Graph.AggregateFor(found?.Type);
    }

    private void Stamp(StreamAction stream, DateTimeOffset now)
    {
        var version = stream.ExpectedVersionOnServer ?? 0;
        foreach (var e in stream.Events)
        {
            if (e.Id == Guid.Empty) e.Id = Guid.CreateVersion7();
            if (e.Timestamp == default) e.Timestamp = now;
            e.StreamId = stream.Id;
            e.Version = ++version;
            e.AggregateTypeName = stream.AggregateTypeName;
            e.CorrelationId ??= session.CorrelationId;
            e.CausationId ??= session.CausationId;
            e.UserName ??= session.LastModifiedBy;
            if (session.Headers is { } headers) foreach (var (key, value) in headers) (e.Headers ??= []).TryAdd(key, value);
            if (e.Data is Archived) ArchiveStream(stream.Id);
        }

        stream.Timestamp = now;
        stream.Version = version;
    }

    private static bool Concerns(InlineSnapshot snapshot, StreamAction stream)
    {
        // An aggregate with an open-ended Evolve is only asked about streams of its own kind.
        if (snapshot.Aggregator.EventTypes is null) return false;
        foreach (var e in stream.Events) if (snapshot.Aggregator.Handles(e.EventType)) return true;
        return false;
    }

    private async ValueTask<StorageOperation> Snapshot(StreamAction stream, InlineSnapshot inline, CancellationToken ct)
    {
        var mapping = inline.Mapping;
        var (before, written) = stream.IsFetched && stream.AggregateType == mapping.Type ? (stream.Fetched, stream.FetchedWritten)
            : stream.ActionType == StreamActionType.Start ? (null, null)
            : await session.LoadSnapshot(mapping, stream.Id, ct);
        var after = await inline.Aggregator.Fold(before, stream.Id, stream.Events, session, ct);

        // What it was folded on must still be there: a rebuild may have put another in its place, at the same version.
        return after is null
            ? new DocumentOperation(DocumentChange.Delete, mapping, stream.Id, null, expected: written)
            : new DocumentOperation(DocumentChange.Project, mapping, stream.Id, after, stream.Version, written);
    }
}
