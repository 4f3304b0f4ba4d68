using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>Says in one line each what changes, and what a person should look at.</summary>
internal sealed partial class StateTeller(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService loggers, DataDirectory data, TimeProvider time,
    ILogger<DistributedApplication> logger) : IAsyncDisposable
{
    private const int LastLines = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, string> told = [];
    private Task telling = Task.CompletedTask;

    public void Start() => telling = Task.WhenAll(TellAsync(), TellWhatIsWaitedForAsync());

    public async Task StopAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await telling.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task TellAsync()
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping.Token).ConfigureAwait(false))
            {
                Tell(change);
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private void Tell(ResourceEvent change)
    {
        var (name, snapshot) = (change.Resource.Name, change.Snapshot);
        var word = snapshot.State?.Text switch
        {
            "Running" when snapshot.HealthStatus == HealthStatus.Healthy && snapshot.HealthReports.Length > 0 => "healthy",
            "Running" when snapshot.ResourceReadyEvent is not null && snapshot.HealthStatus != HealthStatus.Healthy => "unhealthy",
            "Finished" or "Exited" when told.GetValueOrDefault(name) == "stopping" || snapshot.ExitCode is null => "stopped",
            "Running" => "",
            var state => state?.ToLowerInvariant() ?? "",
        };
        var failed = word is "failedtostart" or "restarting" || (word is "exited" && snapshot.ExitCode is not (null or 0));
        if (change.Resource is ParameterResource && !failed)
        {
            return;
        }

        // A database says what its server has said already.
        if (change.Resource is IResourceWithParent && word != "failedtostart" && word != "unhealthy")
        {
            return;
        }

        if (word.Length == 0 || told.GetValueOrDefault(name) == word)
        {
            return;
        }

        told[name] = word;
        if (word is "notstarted" or "waiting" or "stopping")
        {
            return;
        }

        if (failed)
        {
            var lines = loggers.LastLines(name, LastLines).Where(l => snapshot.Failure is not { } why || !l.Content.EndsWith(why, StringComparison.Ordinal))
                .Select(l => $"\n    {l.Content}");
            var next = word == "restarting" ? "It starts again by itself." : $"After a fix: ./expo restart {name}";
            var hint = change.Resource is ParameterResource ? "" : $"\n  All of it: {data.LogOf(name)}. {next}";
            Failed(logger, name, ResourceNotificationService.Describe(snapshot), string.Concat(lines), hint);
        }
        else if (word == "unhealthy")
        {
            Unhealthy(logger, name, ResourceNotificationService.Describe(snapshot));
        }
        else
        {
            Changed(logger, name, word);
        }
    }

    // Half a minute of silence while something is not ready: say what, and what it waits for, as long as it lasts.
    private async Task TellWhatIsWaitedForAsync()
    {
        using var pace = new PeriodicTimer(Patience, time);
        try
        {
            while (await pace.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                foreach (var resource in model.Resources)
                {
                    if (notifications.TryGetCurrentState(resource.Name, out var known) && IsLate(known.Snapshot))
                    {
                        StillNotReady(logger, resource.Name, ResourceNotificationService.Describe(known.Snapshot), WaitedFor(resource));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private static bool IsLate(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Waiting
        || snapshot.State?.Text == KnownResourceStates.Starting
        || (snapshot.State?.Text == KnownResourceStates.Running && !ResourceNotificationService.IsReady(snapshot));

    private string WaitedFor(IResource resource)
    {
        var open = from wait in resource.Annotations.OfType<WaitAnnotation>()
                   where notifications.TryGetCurrentState(wait.Resource.Name, out _)
                   let known = notifications.TryGetCurrentState(wait.Resource.Name, out var found) ? found : null
                   where wait.WaitType == WaitType.WaitForCompletion ? known.Snapshot.ExitCode is null : !ResourceNotificationService.IsReady(known.Snapshot)
                   select $"{wait.Resource.Name} ({ResourceNotificationService.Describe(known.Snapshot)})";
        return string.Join(", ", open) is { Length: > 0 } names ? $"; it waits for {names}" : "";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Resource} is {State}")]
    private static partial void Changed(ILogger logger, string resource, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Resource} is unhealthy: {Why}")]
    private static partial void Unhealthy(ILogger logger, string resource, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Resource} failed: {Why}{Lines}{Hint}")]
    private static partial void Failed(ILogger logger, string resource, string why, string lines, string hint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Resource} is not ready yet: {Why}{WaitsFor}")]
    private static partial void StillNotReady(ILogger logger, string resource, string why, string waitsFor);
}
