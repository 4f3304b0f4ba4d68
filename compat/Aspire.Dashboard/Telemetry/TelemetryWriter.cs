using System.Threading.Channels;
using Expo.Dashboard.Otlp;
using Microsoft.Data.Sqlite;

namespace Expo.Dashboard.Telemetry;

/// <summary>
/// The one writer. What arrives waits in a bounded queue and is written in large transactions; when the queue is full it is dropped and
/// counted, so that senders never wait and memory stays steady.
/// </summary>
internal sealed class TelemetryWriter : IAsyncDisposable
{
    private const int QueueLength = 64;
    private const int RowsPerCommit = 5_000;
    private readonly Channel<Action<TelemetryInsert>> queue =
        Channel.CreateBounded<Action<TelemetryInsert>>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly TelemetryDatabase database;
    private readonly Retention retention;
    private readonly Task writing;
    private long dropped;
    private long written;

    public TelemetryWriter(TelemetryDatabase database, Retention retention)
    {
        (this.database, this.retention) = (database, retention);
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Requests that found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Rows that are stored.</summary>
    public long Written => Interlocked.Read(ref written);

    /// <summary>Something was stored; raised after the commit, on the writer's thread.</summary>
    public event Action? Stored;

    public void Add(TraceRequest request) => Add(request.Rows().ToArray(), static (insert, row) => insert.Span(row));

    public void Add(LogsRequest request) => Add(request.Rows().ToArray(), static (insert, row) => insert.Log(row));

    public void Add(MetricsRequest request) => Add(request.Rows().ToArray(), static (insert, row) => insert.Point(row));

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing.ConfigureAwait(false);
    }

    private void Add<TRow>(TRow[] rows, Action<TelemetryInsert, TRow> insert)
    {
        if (rows.Length > 0 && !queue.Writer.TryWrite(target => Array.ForEach(rows, row => insert(target, row))))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    private void Write()
    {
        using var connection = database.Open();
        using var insert = new TelemetryInsert(connection);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            using var transaction = connection.BeginTransaction();
            insert.Begin(transaction);
            while (insert.Rows < RowsPerCommit && queue.Reader.TryRead(out var add))
            {
                add(insert);
            }

            insert.End();
            retention.Apply(connection, transaction, insert.Rows);
            transaction.Commit();
            Interlocked.Add(ref written, insert.Rows);
            Stored?.Invoke();
        }
    }
}
