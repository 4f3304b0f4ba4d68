using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>What it writes into the resource's own log.</summary>
internal sealed partial class ResourceLifecycle
{
    private void TellOf(TimeSpan? pause, RestartPace pace)
    {
        if (pause is { } wait)
        {
            StartsAgain(logger, wait.TotalSeconds, pace.Failures);
        }
        else if (policy != RestartPolicy.Never && pace.Failures > policy.MostInARow)
        {
            GivesUp(logger, pace.Failures);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed to start: {Reason}")]
    private static partial void FailedToStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Starts again in {Seconds} s ({Failures} failures in a row).")]
    private static partial void StartsAgain(ILogger logger, double seconds, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed {Failures} times in a row and is not started again.")]
    private static partial void GivesUp(ILogger logger, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "What had to happen once it was healthy failed: {Reason}")]
    private static partial void ReadyHandlerFailed(ILogger logger, string reason);
}
