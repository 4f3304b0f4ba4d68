using Microsoft.Extensions.Logging;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>Hears where the AppHost tells people to log in.</summary>
internal sealed class LoginLine(TaskCompletionSource<string> address) : ILoggerProvider, ILogger
{
    private const string Words = "Login to the dashboard at ";

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = formatter(state, exception);
        if (line.StartsWith(Words, StringComparison.Ordinal))
        {
            address.TrySetResult(line[Words.Length..]);
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
