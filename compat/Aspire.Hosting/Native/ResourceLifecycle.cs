using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>One resource from its first start to its last stop: waits, starts, watches, tells.</summary>
internal sealed partial class ResourceLifecycle(
    IResource resource,
    IResourceRuntime runtime,
    HealthMonitor health,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private CancellationTokenSource stopping = new();
    private Task run = Task.CompletedTask;
    private volatile IRunning? running;

    public IResource Resource => resource;

    public IReadOnlyList<int> ProcessIds => [.. Instances.Select(i => i.ProcessId)];

    public IReadOnlyList<Instance> Instances => running?.Instances ?? [];

    /// <summary>How often it has run.</summary>
    public int Starts { get; private set; }

    /// <summary>Begins to start unless it is started already; what follows is told by notifications.</summary>
    public async Task StartAsync()
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (run.IsCompleted)
            {
                stopping.Dispose();
                stopping = new();
                // Published before this returns: a waiter must not see the end of the last run.
                await PublishAsync(s => s with
                {
                    State = Waits ? KnownResourceStates.Waiting : KnownResourceStates.Starting,
                    ExitCode = null,
                    ResourceReadyEvent = null,
                    StartTimeStamp = null,
                    StopTimeStamp = null,
                }).ConfigureAwait(false);
                run = RunAsync(stopping.Token);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Stops it; returns when it has ended.</summary>
    public async Task StopAsync()
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        stopping.Dispose();
        gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await PrepareAsync(stop).ConfigureAwait(false);
            var started = await runtime.StartAsync(stop).ConfigureAwait(false);
            await using (started.ConfigureAwait(false))
            {
                running = started;
                Starts++;
                await FollowAsync(started, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await PublishAsync(s => s with { State = KnownResourceStates.Exited, StopTimeStamp = Now }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            FailedToStart(logger, e.Message);
            var state = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error);
            await PublishAsync(s => s with { State = state, StopTimeStamp = Now }).ConfigureAwait(false);
        }
        finally
        {
            running = null;
        }
    }

    private async Task PrepareAsync(CancellationToken stop)
    {
        if (resource is IResourceWithConnectionString)
        {
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), stop).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), stop).ConfigureAwait(false);
        if (Waits)
        {
            await notifications.WaitForDependenciesAsync(resource, stop).ConfigureAwait(false);
            await PublishAsync(s => s with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(IRunning started, CancellationToken stop)
    {
        var state = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success);
        await PublishAsync(s => s with { State = state, StartTimeStamp = Now, HealthReports = health.Unknown }).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = health.WatchAsync(BecameHealthyAsync, ended.Token);
        var stopRequested = new TaskCompletionSource();
        await using (stop.Register(stopRequested.SetResult).ConfigureAwait(false))
        {
            await Task.WhenAny(started.Exited, stopRequested.Task).ConfigureAwait(false);
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        if (!started.Exited.IsCompleted)
        {
            await PublishAsync(s => s with { State = KnownResourceStates.Stopping }).ConfigureAwait(false);
            await started.StopAsync().ConfigureAwait(false);
        }

        await EndedAsync(await started.Exited.ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task EndedAsync(int exitCode)
    {
        var state = exitCode == 0
            ? new ResourceStateSnapshot(KnownResourceStates.Finished, KnownResourceStateStyles.Info)
            : new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Error);
        await PublishAsync(s => s with { State = state, ExitCode = exitCode, StopTimeStamp = Now }).ConfigureAwait(false);
        if (notifications.TryGetCurrentState(resource.Name, out var last))
        {
            await eventing.PublishAsync(new ResourceStoppedEvent(resource, services, last)).ConfigureAwait(false);
        }
    }

    // Waiters go on when the handlers are done; the snapshot carries their task.
    private Task BecameHealthyAsync(CancellationToken ct)
    {
        var handlers = eventing.PublishAsync(new ResourceReadyEvent(resource, services), ct);
        _ = handlers.ContinueWith(
            failed => ReadyHandlerFailed(logger, failed.Exception!.GetBaseException().Message),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return PublishAsync(s => s with { ResourceReadyEvent = new(handlers) });
    }

    private bool Waits => resource.Annotations.OfType<WaitAnnotation>().Any();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.PublishUpdateAsync(resource, change);

    [LoggerMessage(Level = LogLevel.Error, Message = "Failed to start: {Reason}")]
    private static partial void FailedToStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "What had to happen once it was healthy failed: {Reason}")]
    private static partial void ReadyHandlerFailed(ILogger logger, string reason);
}
