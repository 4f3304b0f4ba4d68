using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Expo.Dashboard.Resources;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One line a resource wrote.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>What resources write: the last lines kept, all lines passed on.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ResourceLog> logs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A line was written by whichever resource.</summary>
    internal event Action<ConsoleLine>? Written;

    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return GetLogger(resource.Name);
    }

    public ILogger GetLogger(string resourceName) => Log(resourceName);

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return WatchAsync(resource.Name);
    }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Log(resourceName).WatchAsync();

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return Log(resourceName).Last(int.MaxValue);
    }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return GetAllAsync(resource.Name);
    }

    public void ClearBacklog(string resourceName) => Log(resourceName).Clear();

    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Complete(resource.Name);
    }

    public void Complete(string name) => Log(name).Complete();

    /// <summary>Ends every log.</summary>
    internal void Complete()
    {
        foreach (var log in logs.Values)
        {
            log.Complete();
        }
    }

    /// <summary>The last lines, for error messages.</summary>
    internal IReadOnlyList<LogLine> LastLines(string resourceName, int count) => Log(resourceName).Last(count);

    /// <summary>The last lines with the time they were written.</summary>
    internal IReadOnlyList<ConsoleLine> LastEntries(string resourceName, int count) => Log(resourceName).LastEntries(count);

    internal void Write(string resourceName, string content, bool isError) => Log(resourceName).Write(content, isError);

    private ResourceLog Log(string name) => logs.GetOrAdd(name, _ => new(name, line => Written?.Invoke(line)));

    private sealed class ResourceLog(string name, Action<ConsoleLine> tell) : ILogger
    {
        private const int Kept = 10_000;
        private readonly Lock gate = new();
        private readonly Queue<ConsoleLine> lines = [];
        private readonly List<Channel<LogLine>> watchers = [];
        private int written;

        public void Write(string content, bool isError)
        {
            lock (gate)
            {
                var entry = new ConsoleLine(name, ++written, TimeProvider.System.GetUtcNow(), content, isError);
                var line = Line(entry);
                if (lines.Count == Kept)
                {
                    lines.Dequeue();
                }

                lines.Enqueue(entry);
                watchers.ForEach(w => w.Writer.TryWrite(line));
                tell(entry);
            }
        }

        public IReadOnlyList<LogLine> Last(int count)
        {
            lock (gate)
            {
                return [.. lines.TakeLast(count).Select(Line)];
            }
        }

        public IReadOnlyList<ConsoleLine> LastEntries(int count)
        {
            lock (gate)
            {
                return [.. lines.TakeLast(count)];
            }
        }

        public void Clear()
        {
            lock (gate)
            {
                lines.Clear();
            }
        }

        public void Complete()
        {
            lock (gate)
            {
                watchers.ForEach(w => w.Writer.TryComplete());
            }
        }

        public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var channel = Channel.CreateUnbounded<LogLine>();
            IReadOnlyList<LogLine> known;
            lock (gate)
            {
                known = [.. lines.Select(Line)];
                watchers.Add(channel);
            }

            try
            {
                if (known.Count > 0)
                {
                    yield return known;
                }

                while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var batch = new List<LogLine>();
                    while (channel.Reader.TryRead(out var line))
                    {
                        batch.Add(line);
                    }

                    yield return batch;
                }
            }
            finally
            {
                lock (gate)
                {
                    watchers.Remove(channel);
                }
            }
        }

        private static LogLine Line(ConsoleLine entry) => new(entry.Number, entry.Text, entry.Error);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            Write(formatter(state, exception) + (exception is null ? "" : $"\n{exception}"), logLevel >= LogLevel.Error);
        }
    }
}
