using JasperFx.Events;

namespace Marten.Events;

internal sealed partial class EventOperations
{
    public async Task WriteToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class =>
        await Write(await FetchForWriting<T>(id, cancellation), writing, cancellation);

    public async Task WriteToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default) where T : class =>
        await Write(await FetchForWriting<T>(id, cancellation), writing, cancellation);

    public async Task WriteToAggregate<T>(Guid id, int initialVersion, Action<IEventStream<T>> writing, CancellationToken cancellation = default)
        where T : class => await Write(await FetchForWriting<T>(id, initialVersion, cancellation), writing, cancellation);

    public async Task WriteToAggregate<T>(Guid id, int initialVersion, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default)
        where T : class => await Write(await FetchForWriting<T>(id, initialVersion, cancellation), writing, cancellation);

    public async Task WriteExclusivelyToAggregate<T>(Guid id, Action<IEventStream<T>> writing, CancellationToken cancellation = default) where T : class =>
        await Write(await FetchForExclusiveWriting<T>(id, cancellation), writing, cancellation);

    public async Task WriteExclusivelyToAggregate<T>(Guid id, Func<IEventStream<T>, Task> writing, CancellationToken cancellation = default)
        where T : class => await Write(await FetchForExclusiveWriting<T>(id, cancellation), writing, cancellation);

    /// <summary>The aggregate as it will be after the save.</summary>
    public async ValueTask<T?> ProjectLatest<T>(Guid id, CancellationToken cancellation = default) where T : class
    {
        var stored = await FetchLatest<T>(id, cancellation);
        if (Find(id) is not { Events: { Count: > 0 } queued }) return stored;
        var aggregators = session.Owner.StoreOptions.Projections.Aggregators;
        return (T?)await (aggregators.Find(typeof(T)) ?? aggregators.For<T>()).Fold(stored, id, queued, session, cancellation);
    }

    private Task Write<T>(IEventStream<T> stream, Action<IEventStream<T>> writing, CancellationToken ct) where T : class
    {
        writing(stream);
        return session.SaveChangesAsync(ct);
    }

    private async Task Write<T>(IEventStream<T> stream, Func<IEventStream<T>, Task> writing, CancellationToken ct) where T : class
    {
        await writing(stream);
        await session.SaveChangesAsync(ct);
    }
}
