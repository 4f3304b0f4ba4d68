using System.Threading.Channels;
using Expo.Dashboard.Otlp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Expo.Dashboard.Telemetry;

/// <summary>How much of a kind has come since the start.</summary>
/// <param name="Stored">Written, and to be read.</param>
/// <param name="Dropped">Lost, since more came than could be written or the disk failed.</param>
/// <param name="Refused">Sent wrongly: too large, of a time that cannot be, no numbers.</param>
/// <param name="Lost">When some was last dropped or refused.</param>
internal sealed record Tally(long Stored, long Dropped, long Refused, DateTimeOffset? Lost);

/// <summary>
/// The one writer. What arrives waits in a queue that is bounded in requests and in bytes, and is written in large transactions; when the queue
/// is full it is dropped and counted, so that senders never wait and memory stays steady.
/// </summary>
internal sealed partial class TelemetryWriter : IAsyncDisposable
{
    private const int QueueLength = 64;
    private const int MostBytes = 32 * 1024 * 1024;
    private const int RowsPerCommit = 5_000;
    private readonly Channel<Pending> queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly TelemetryDatabase database;
    private readonly Retention retention;
    private readonly ILogger logger;
    private readonly TimeProvider clock;
    private readonly Task writing;
    private readonly long[] stored = new long[Kinds], dropped = new long[Kinds], refused = new long[Kinds], lost = new long[Kinds];
    private long bytes;
    private bool failing;

    public TelemetryWriter(TelemetryDatabase database, Retention retention, ILogger logger, TimeProvider clock)
    {
        (this.database, this.retention, this.logger, this.clock) = (database, retention, logger, clock);
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static int Kinds { get; } = Enum.GetValues<TelemetryKind>().Length;

    /// <summary>Something was stored; raised after the commit, on the writer's thread.</summary>
    public event Action? Stored;

    /// <summary>How much of a kind has come.</summary>
    public Tally this[TelemetryKind kind] => new(
        Volatile.Read(ref stored[(int)kind]), Volatile.Read(ref dropped[(int)kind]), Volatile.Read(ref refused[(int)kind]),
        Volatile.Read(ref lost[(int)kind]) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null);

    /// <summary>How many bytes wait to be written, or are being.</summary>
    public long Waiting => Interlocked.Read(ref bytes);

    public Refused Add(Batch<SpanRow> spans, Received from) => Add(spans, from, static (insert, row) => insert.Span(row));

    public Refused Add(Batch<LogRow> logs, Received from) => Add(logs, from, static (insert, row) => insert.Log(row));

    public Refused Add(Batch<PointRow> points, Received from) => Add(points, from, static (insert, row) => insert.Point(row));

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing.ConfigureAwait(false);
    }

    // The memory that the rows lie in is given back when they are written, or at once.
    private Refused Add<TRow>(Batch<TRow> batch, Received from, Action<TelemetryInsert, TRow> insert)
    {
        Lose(refused, batch.Kind, batch.Refused);
        var rows = batch.Rows;
        var waiting = new Pending(batch.Kind, rows.Count, from, target =>
        {
            foreach (var row in rows)
            {
                insert(target, row);
            }
        });
        if (rows.Count > 0 && Interlocked.Add(ref bytes, waiting.Bytes) <= MostBytes && queue.Writer.TryWrite(waiting))
        {
            return new(batch.Refused, batch.Why ?? "");
        }

        from.Dispose();
        if (rows.Count == 0)
        {
            return new(batch.Refused, batch.Why ?? "");
        }

        Interlocked.Add(ref bytes, -waiting.Bytes);
        Lose(dropped, batch.Kind, rows.Count);
        return new(batch.Refused + rows.Count, "more came than could be written");
    }

    private void Write()
    {
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            try
            {
                WriteOn();
            }
            catch (Exception e)
            {
                // Whatever it was: what waits is lost, what comes is tried again.
                Failed(e);
            }
        }
    }

    // Until something fails; then with another connection, and if need be another file.
    private void WriteOn()
    {
        using var connection = database.Open();
        using var insert = new TelemetryInsert(connection);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            database.ThrowIfDamaged();
            WritePage(connection, insert);
            database.LimitLog(connection);
            Stored?.Invoke();
        }
    }

    private void WritePage(SqliteConnection connection, TelemetryInsert insert)
    {
        var rows = new int[Kinds];
        var taken = new List<Pending>();
        try
        {
            using var transaction = connection.BeginTransaction();
            while (rows.Sum() < RowsPerCommit && queue.Reader.TryRead(out var waiting))
            {
                taken.Add(waiting);
                rows[(int)waiting.Kind] += waiting.Rows;
                waiting.WriteTo(insert);
            }

            insert.End();
            if (retention.Apply(connection, transaction, rows))
            {
                insert.Forget();
            }

            transaction.Commit();
            for (var kind = 0; kind < Kinds; kind++)
            {
                Interlocked.Add(ref stored[kind], rows[kind]);
            }

            failing = false;
        }
        catch
        {
            for (var kind = 0; kind < Kinds; kind++)
            {
                Lose(dropped, (TelemetryKind)kind, rows[kind]);
            }

            throw;
        }
        finally
        {
            foreach (var waiting in taken)
            {
                Interlocked.Add(ref bytes, -waiting.Bytes);
                waiting.From.Dispose();
            }
        }
    }

    private void Lose(long[] tally, TelemetryKind kind, int rows)
    {
        if (rows > 0)
        {
            Interlocked.Add(ref tally[(int)kind], rows);
            Volatile.Write(ref lost[(int)kind], clock.GetUtcNow().UtcTicks);
        }
    }

    private void Failed(Exception failure)
    {
        if (!failing)
        {
            failing = true;
            NotStored(logger, failure);
        }

        while (queue.Reader.TryRead(out var waiting))
        {
            Interlocked.Add(ref bytes, -waiting.Bytes);
            Lose(dropped, waiting.Kind, waiting.Rows);
            waiting.From.Dispose();
        }

        if (TelemetryDatabase.IsDamage(failure))
        {
            database.BeginAnew(failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telemetry cannot be stored and is dropped until it can")]
    private static partial void NotStored(ILogger logger, Exception failure);

    private sealed record Pending(TelemetryKind Kind, int Rows, Received From, Action<TelemetryInsert> WriteTo)
    {
        public int Bytes { get; } = From.Bytes.Length;
    }
}
