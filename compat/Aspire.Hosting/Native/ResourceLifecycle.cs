using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>One resource from its first start to its last stop: waits, starts, watches, tells, and starts again if its policy says so.</summary>
internal sealed partial class ResourceLifecycle(
    IResource resource,
    IResourceRuntime runtime,
    RestartPolicy policy,
    HealthMonitor health,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>It failed, and is about to start again by itself.</summary>
    public const string Restarting = "Restarting";

    private static readonly ResourceStateSnapshot Failure = new(KnownResourceStates.Exited, KnownResourceStateStyles.Error);

    private readonly SemaphoreSlim gate = new(1);
    private CancellationTokenSource stopping = new();
    private Task run = Task.CompletedTask;
    private volatile IRunning? running;
    private volatile TaskCompletionSource? waiting;
    private int starts;
    private int replicaRestarts;

    public IResource Resource => resource;

    public IReadOnlyList<int> ProcessIds => [.. Instances.Select(i => i.ProcessId)];

    public IReadOnlyList<Instance> Instances => running?.Instances ?? [];

    /// <summary>How often it, or one of its replicas, was started again.</summary>
    public int Restarts => Math.Max(0, starts - 1) + replicaRestarts + (running?.Restarts ?? 0);

    /// <summary>Begins to start unless it is started already, and then waits no longer; what follows is told by notifications.</summary>
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
                await PublishStartAsync().ConfigureAwait(false);
                run = RunAsync(stopping.Token);
            }
            else
            {
                waiting?.TrySetResult();
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
        var pace = new RestartPace(policy);
        try
        {
            while (await RunOnceAsync(pace, stop).ConfigureAwait(false) is { } pause)
            {
                await Task.Delay(pause, time, stop).ConfigureAwait(false);
                // A part follows its parent without being started itself.
                if (resource is not IResourceWithParent)
                {
                    await PublishStartAsync().ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Somebody stopped it before it was there, or while it was left alone.
            await PublishAsync(s => s with { State = s.ExitCode is null ? KnownResourceStates.Exited : Failure, StopTimeStamp = Now }).ConfigureAwait(false);
        }
    }

    // How long to wait before it runs again; nothing when it has ended for good.
    private async Task<TimeSpan?> RunOnceAsync(RestartPace pace, CancellationToken stop)
    {
        var prepared = false;
        try
        {
            await PrepareAsync(stop).ConfigureAwait(false);
            prepared = true;
            var started = await runtime.StartAsync(stop).ConfigureAwait(false);
            await using (started.ConfigureAwait(false))
            {
                running = started;
                starts++;
                return await FollowAsync(started, pace, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            FailedToStart(logger, e.Message);
            // What it waits for will not come because it asks again.
            var pause = prepared ? pace.Next(TimeSpan.Zero) : null;
            var state = new ResourceStateSnapshot(pause is null ? KnownResourceStates.FailedToStart : Restarting, KnownResourceStateStyles.Error);
            TellOf(pause, pace);
            await PublishAsync(s => s with { State = state, StopTimeStamp = Now, Failure = e.Message }).ConfigureAwait(false);
            return pause;
        }
        finally
        {
            replicaRestarts += running?.Restarts ?? 0;
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
            var enough = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await (await Task.WhenAny(notifications.WaitForDependenciesAsync(resource, wait.Token), enough.Task).ConfigureAwait(false)).ConfigureAwait(false);
            waiting = null;
            await wait.CancelAsync().ConfigureAwait(false);
            await PublishAsync(s => s with { State = KnownResourceStates.Starting }).ConfigureAwait(false);
        }
    }

    private async Task<TimeSpan?> FollowAsync(IRunning started, RestartPace pace, CancellationToken stop)
    {
        var state = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success);
        await PublishAsync(s => s with { State = state, StartTimeStamp = Now, StopTimeStamp = null, HealthReports = health.Unknown }).ConfigureAwait(false);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        long? ready = null;
        var watching = health.WatchAsync(
            ct =>
            {
                ready = time.GetTimestamp();
                return BecameHealthyAsync(ct);
            },
            ended.Token);
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

        var exitCode = await started.Exited.ConfigureAwait(false);
        var pause = stop.IsCancellationRequested || exitCode == 0 ? null : pace.Next(ready is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
        TellOf(pause, pace);
        if (started is IFollowsParent part && !stop.IsCancellationRequested)
        {
            await PublishAsync(s => s with { State = part.ParentState, ResourceReadyEvent = null, StopTimeStamp = Now }).ConfigureAwait(false);
            return TimeSpan.Zero;
        }

        await EndedAsync(exitCode, pause is not null).ConfigureAwait(false);
        return pause;
    }

    private async Task EndedAsync(int exitCode, bool again)
    {
        var state = exitCode == 0 ? new ResourceStateSnapshot(KnownResourceStates.Finished, KnownResourceStateStyles.Info)
            : again ? new ResourceStateSnapshot(Restarting, KnownResourceStateStyles.Error)
            : Failure;
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

    private Task PublishStartAsync() => PublishAsync(s => s with
    {
        State = Waits ? KnownResourceStates.Waiting : KnownResourceStates.Starting,
        ExitCode = null,
        Failure = null,
        ResourceReadyEvent = null,
        StartTimeStamp = null,
        StopTimeStamp = null,
    });

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => notifications.PublishUpdateAsync(resource, change);
}
