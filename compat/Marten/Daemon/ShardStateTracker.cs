using System.Collections.Concurrent;
using JasperFx.Events.Projections;

namespace JasperFx.Events.Daemon;

/// <summary>Tells observers how far shards and rebuilds are.</summary>
public class ShardStateTracker : IObservable<ShardState>
{
    private readonly ConcurrentDictionary<Guid, IObserver<ShardState>> _observers = new();
    private long _highWaterMark;

    internal ShardStateTracker() { }

    public long HighWaterMark => Volatile.Read(ref _highWaterMark);

    public IDisposable Subscribe(IObserver<ShardState> observer)
    {
        var key = Guid.CreateVersion7();
        _observers[key] = observer;
        return new Subscription(() => _observers.TryRemove(key, out _));
    }

    internal void Publish(ShardState state)
    {
        if (state.ShardName == ShardState.HighWaterMark) Volatile.Write(ref _highWaterMark, state.Sequence);
        foreach (var observer in _observers.Values) observer.OnNext(state);
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
