using JasperFx.Events;
using Marten.Exceptions;
using Marten.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Marten.Events;

internal sealed partial class EventOperations
{
    public async Task<IReadOnlyList<IEvent>> FetchStreamAsync(
        Guid streamId, long version = 0, DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default) =>
        await session.Read(session.Owner.EventSql.FetchStreamUntil, (rows, ct) => new ValueTask<List<IEvent>>(session.Owner.EventReader.ReadAll(rows, ct)), token,
            Db.Uuid(streamId), Db.Bigint(fromVersion), Db.Bigint(version),
            timestamp is { } until ? Db.Time(until) : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });

    public async Task<T?> AggregateStreamAsync<T>(
        Guid streamId, long version = 0, DateTimeOffset? timestamp = null, T? state = null, long fromVersion = 0, CancellationToken token = default)
        where T : class
    {
        var events = await FetchStreamAsync(streamId, version, timestamp, fromVersion, token);
        var aggregators = session.Owner.StoreOptions.Projections.Aggregators;
        var aggregator = aggregators.Find(typeof(T)) ?? aggregators.For<T>();
        return events.Count == 0 ? state : (T?)await aggregator.Fold(state, streamId, events, session, token);
    }

    /// <summary>The aggregate before whatever deleted it.</summary>
    public async Task<T?> AggregateStreamToLastKnownAsync<T>(
        Guid streamId, long version = 0, DateTimeOffset? timestamp = null, CancellationToken token = default) where T : class
    {
        var events = await FetchStreamAsync(streamId, version, timestamp, 0, token);
        var aggregators = session.Owner.StoreOptions.Projections.Aggregators;
        var aggregator = aggregators.Find(typeof(T)) ?? aggregators.For<T>();
        for (var count = events.Count; count > 0; count--)
            if (await aggregator.Fold(null, streamId, [.. events.Take(count)], session, token) is T known) return known;
        return null;
    }

    public Task<StreamState?> FetchStreamStateAsync(Guid streamId, CancellationToken token = default) =>
        session.Read(session.Owner.EventSql.StreamState, async (row, ct) => !await row.ReadAsync(ct) ? null : new StreamState
        {
            Id = streamId,
            Version = row.IsDBNull(0) ? 0 : row.GetInt64(0),
            AggregateType = Graph.AggregateFor(row.IsDBNull(1) ? null : row.GetString(1)),
            LastTimestamp = row.GetFieldValue<DateTimeOffset>(2),
            Created = row.GetFieldValue<DateTimeOffset>(3),
            IsArchived = !row.IsDBNull(4) && row.GetBoolean(4),
        }, token, Db.Uuid(streamId));

    public async Task<IEvent<T>?> LoadAsync<T>(Guid id, CancellationToken token = default) where T : class => await LoadAsync(id, token) as IEvent<T>;

    public async Task<IEvent?> LoadAsync(Guid id, CancellationToken token = default)
    {
        var found = await session.Read(session.Owner.EventSql.LoadEvent,
            (rows, ct) => new ValueTask<List<IEvent>>(session.Owner.EventReader.ReadAll(rows, ct)), token, Db.Uuid(id));
        return found.FirstOrDefault();
    }
}
