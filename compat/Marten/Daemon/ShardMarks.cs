using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Sessions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marten.Events.Daemon;

/// <summary>Follows the high-water mark for the shards of this process, for as long as one of them runs.</summary>
internal sealed partial class ShardMarks(DocumentStore store, ILogger logger) : IDisposable
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan KeepInterval = TimeSpan.FromMilliseconds(250);

    private readonly HighWater _highWater = new(store);
    private CancellationTokenSource? _stopping;
    private Task _running = Task.CompletedTask;
    private long _mark;

    public Signal Moved { get; } = new();
    public ShardStateTracker Tracker { get; } = new();
    public TimeSpan Held => _highWater.Held;
    public long Mark => Volatile.Read(ref _mark);

    /// <summary>Looks once, now; for catching up without a running daemon.</summary>
    public async Task<long> Settle(CancellationToken ct)
    {
        await store.Schema.EnsureAsync(ct);
        var target = await NewestEvent(ct);
        while (Mark < target)
        {
            var more = await Look(ct);
            if (!more && Mark < target) await Task.Delay(LeastInterval, ct);
        }

        return target;
    }

    public async Task<long> NewestEvent(CancellationToken ct)
    {
        await using var session = store.Session();
        return await session.Read($"select coalesce(max(seq_id), 0) from {store.Events.DatabaseSchemaName}.mt_events",
            async (row, token) => await row.ReadAsync(token) ? row.GetInt64(0) : 0, ct);
    }

    /// <summary>Reads where the mark stood, so that a shard subscribing from the present has one.</summary>
    public async Task Start(CancellationToken ct)
    {
        if (_stopping is not null) return;
        await store.Schema.EnsureAsync(ct);
        await _highWater.Load(ct);
        while (await Look(ct)) { }
        _stopping = new CancellationTokenSource();
        _running = Task.WhenAll(Follow(_stopping.Token), Listen(_stopping.Token));
    }

    public async Task Stop()
    {
        if (Interlocked.Exchange(ref _stopping, null) is not { } stopping) return;
        await stopping.CancelAsync();
        await _running;
        stopping.Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _stopping, null) is not { } stopping) return;
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task Follow(CancellationToken ct)
    {
        await Task.Yield();
        var keptAt = Environment.TickCount64;
        while (!ct.IsCancellationRequested)
        {
            var settings = store.StoreOptions.Projections;
            var wake = store.Wakeup.Signal.Next;
            var wait = settings.SlowPollingTime;
            try
            {
                var before = Mark;
                var more = await Look(ct);
                if (more) continue;
                if (Environment.TickCount64 - keptAt > KeepInterval.TotalMilliseconds)
                {
                    await _highWater.Keep(ct);
                    keptAt = Environment.TickCount64;
                }

                wait = _highWater.IsWaiting ? LeastInterval : Mark > before ? settings.FastPollingTime : settings.SlowPollingTime;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogUnreadable(logger, Failures.Describe(e));
            }

            // A pause first: under load one look serves many commits.
            await Task.Delay(LeastInterval, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_highWater.IsWaiting) await wake.WaitAsync(wait, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> Look(CancellationToken ct)
    {
        var more = await _highWater.Advance(ct);
        if (_highWater.Mark == Mark) return more;
        Volatile.Write(ref _mark, _highWater.Mark);
        Tracker.Publish(new ShardState(ShardState.HighWaterMark, Mark));
        Moved.Raise();
        return more;
    }

    /// <summary>Hears of other processes' commits; while the connection is down, polling serves.</summary>
    private async Task Listen(CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await store.DataSource.OpenConnectionAsync(ct);
                try
                {
                    connection.Notification += (_, _) => store.Wakeup.Signal.Raise();
                    await Execute(connection, $"listen {Wakeup.ChannelName}", ct);
                    store.Wakeup.Signal.Raise(); // for what was told before anybody listened
                    while (true) await connection.WaitAsync(ct);
                }
                finally
                {
                    await Execute(connection, "unlisten *", CancellationToken.None);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or NpgsqlException or ObjectDisposedException or InvalidOperationException)
            {
                if (!ct.IsCancellationRequested) LogNotListening(logger, e);
                await Task.Delay(TimeSpan.FromSeconds(1), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The high-water mark cannot be read and is tried again: {Failure}")]
    private static partial void LogUnreadable(ILogger logger, string failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Not listening for new events, polling instead")]
    private static partial void LogNotListening(ILogger logger, Exception failure);
}
