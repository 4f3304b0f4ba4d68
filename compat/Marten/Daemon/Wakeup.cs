using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Marten.Events.Daemon;

/// <summary>
/// Tells daemons that events were committed: this process at once, others by one NOTIFY per interval in a transaction of
/// its own, because a notifying commit takes a lock that all appends would queue for.
/// </summary>
internal sealed partial class Wakeup : IAsyncDisposable, IDisposable
{
    public const string ChannelName = "mt_events_appended";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly DocumentStore _store;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _toTell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _starting = new();
    private Task? _telling;
    private bool _disposed;

    public Wakeup(DocumentStore store) => _store = store;

    /// <summary>Raised in this process after every commit with events and after every notification.</summary>
    public Signal Signal { get; } = new();

    /// <summary>Set by a daemon that runs every shard itself: nobody else is waiting.</summary>
    public bool RunsEverythingHere { get; set; }

    public void Appended()
    {
        Signal.Raise();
        if (RunsEverythingHere || !_store.Events.UseListenNotifyForEventAppends || _store.StoreOptions.Projections.Shards.Count == 0) return;
        if (_telling is null) lock (_starting) _telling ??= Tell(_stopping.Token);
        _toTell.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _stopping.CancelAsync();
        if (_telling is not null) await _telling;
        _stopping.Dispose();
    }

    public void Dispose() => _stopping.Cancel();

    private async Task Tell(CancellationToken ct)
    {
        await Task.Yield();
        try
        {
            await foreach (var _ in _toTell.Reader.ReadAllAsync(ct))
            {
                await Notify(ct);
                await Task.Delay(Interval, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The store is going away; whoever listens polls.
        }
    }

    private async Task Notify(CancellationToken ct)
    {
        try
        {
            await using var command = _store.DataSource.CreateCommand($"notify {ChannelName}");
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotTold(_store.Logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Other nodes were not told of new events and will poll")]
    private static partial void LogNotTold(ILogger logger, Exception reason);
}

/// <summary>Something many may wait for and anybody may raise; a raise before the wait is not lost.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Taken before looking for work, awaited after finding none.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise()
    {
        if (Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)) is { } raised) raised.TrySetResult();
    }
}
