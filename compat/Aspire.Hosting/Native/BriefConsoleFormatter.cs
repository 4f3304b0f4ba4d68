using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Expo.NativeHosting;

/// <summary>Time and message, for people who watch an application start.</summary>
internal sealed class BriefConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "brief";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var mark = logEntry.LogLevel >= LogLevel.Error ? "✗ " : logEntry.LogLevel == LogLevel.Warning ? "! " : "  ";
        textWriter.WriteLine($"{time.GetLocalNow():HH:mm:ss} {mark}{logEntry.Formatter(logEntry.State, logEntry.Exception)}");
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception);
        }
    }

    /// <summary>Nothing to set.</summary>
    internal sealed class Settings : ConsoleFormatterOptions;
}
