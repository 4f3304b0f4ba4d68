using JasperFx;
using JasperFx.Events;
using Marten.Exceptions;
using Marten.Sessions;
using Npgsql;

namespace Marten.Events;

internal sealed partial class EventOperations
{
    public Task<IEventStream<T>> FetchForWriting<T>(Guid id, CancellationToken cancellation = default) where T : class =>
        Fetch<T>(id, null, locking: false, cancellation);

    public Task<IEventStream<T>> FetchForWriting<T>(Guid id, long expectedVersion, CancellationToken cancellation = default) where T : class =>
        Fetch<T>(id, expectedVersion, locking: false, cancellation);

    public async Task<IEventStream<T>> FetchForExclusiveWriting<T>(Guid id, CancellationToken cancellation = default) where T : class
    {
        await session.BeginTransactionAsync(cancellation);
        try
        {
            return await Fetch<T>(id, null, locking: true, cancellation);
        }
        catch (MartenCommandException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } locked)
        {
            throw new StreamLockedException(id, locked);
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            throw new StreamLockedException(id, e);
        }
    }

    public async ValueTask<T?> FetchLatest<T>(Guid id, CancellationToken cancellation = default) where T : class =>
        (await session.Owner.PlanFor<T>().Fetch(session, id, locking: false, cancellation)).Aggregate;

    public Task AppendOptimistic(Guid streamId, params object[] events) => AppendOptimistic(streamId, default, events);

    public Task AppendOptimistic(Guid streamId, CancellationToken token, params object[] events) =>
        AppendAt(session.Owner.EventSql.StreamVersion, streamId, events, token);

    public Task AppendExclusive(Guid streamId, params object[] events) => AppendExclusive(streamId, default, events);

    public async Task AppendExclusive(Guid streamId, CancellationToken token, params object[] events)
    {
        await session.BeginTransactionAsync(token);
        await AppendAt(session.Owner.EventSql.LockStream, streamId, events, token);
    }

    internal void Continue(ref StreamAction action)
    {
        if (_streams.Contains(action)) return;
        action = Add(new StreamAction(action.Id, StreamActionType.Append) { AggregateType = action.AggregateType, ExpectedVersionOnServer = action.Version });
    }

    private async Task AppendAt(string versionSql, Guid streamId, object[] events, CancellationToken ct)
    {
        var version = await session.Read<long?>(versionSql, async (row, token) =>
            await row.ReadAsync(token) ? row.GetInt64(0) : null, ct, Db.Uuid(streamId)) ?? throw new NonExistentStreamException(streamId);
        Append(streamId, events).ExpectedVersionOnServer = version;
    }

    private async Task<IEventStream<T>> Fetch<T>(Guid id, long? expected, bool locking, CancellationToken ct) where T : class
    {
        var (found, aggregate, written) = await session.Owner.PlanFor<T>().Fetch(session, id, locking, ct);
        var version = found ?? 0;
        if (expected is { } wanted && wanted != version)
            throw new ConcurrencyException($"Expected version {wanted} of stream '{id}' of {typeof(T).Name}, but it is at {version}", typeof(T), id);

        // What this session has already queued for the stream goes on; an untouched earlier fetch is replaced.
        var queued = Find(id);
        if (queued is { Events.Count: 0 }) _streams.Remove(queued);
        var action = queued is { Events.Count: > 0 } ? queued : Add(new StreamAction(id, found is null ? StreamActionType.Start : StreamActionType.Append)
        {
            AggregateType = typeof(T), ExpectedVersionOnServer = version, Fetched = aggregate, FetchedWritten = written, IsFetched = true,
        });
        return new EventStream<T>(this, action, version, aggregate, ct);
    }
}
