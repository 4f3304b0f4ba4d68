using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One line a resource wrote.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>What resources write: the last lines kept, all lines passed on.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> logs = new(StringComparer.OrdinalIgnoreCase);

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

    public void Dispose()
    {
        foreach (var log in logs.Values)
        {
            log.Complete();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The last lines, for error messages.</summary>
    internal IReadOnlyList<LogLine> LastLines(string resourceName, int count) => Log(resourceName).Last(count);

    internal void Write(string resourceName, string content, bool isError) => Log(resourceName).Write(content, isError);

    private ResourceLog Log(string name) => logs.GetOrAdd(name, _ => new());

    private sealed class ResourceLog : ILogger
    {
        private const int Kept = 10_000;
        private readonly Lock gate = new();
        private readonly Queue<LogLine> lines = [];
        private readonly List<Channel<LogLine>> watchers = [];
        private int written;

        public void Write(string content, bool isError)
        {
            lock (gate)
            {
                var line = new LogLine(++written, content, isError);
                if (lines.Count == Kept)
                {
                    lines.Dequeue();
                }

                lines.Enqueue(line);
                watchers.ForEach(w => w.Writer.TryWrite(line));
            }
        }

        public IReadOnlyList<LogLine> Last(int count)
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
                known = [.. lines];
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

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ArgumentNullException.ThrowIfNull(formatter);
            Write(formatter(state, exception) + (exception is null ? "" : $"\n{exception}"), logLevel >= LogLevel.Error);
        }
    }
}
