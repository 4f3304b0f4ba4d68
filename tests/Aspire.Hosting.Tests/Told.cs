using Microsoft.Extensions.Logging;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>What the AppHost says on its console.</summary>
internal sealed class Told : ILoggerProvider, ILogger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<string> lines = [];

    public async Task<string> LineAsync(string words, CancellationToken ct, int times = 1)
    {
        string? found = null;
        await Eventually.TrueAsync(() => (found = Find()) is not null, Patience, ct);
        return found!;

        string? Find()
        {
            lock (lines)
            {
                return lines.Where(line => line.StartsWith(words, StringComparison.Ordinal)).Skip(times - 1).FirstOrDefault();
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add(formatter(state, exception));
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
