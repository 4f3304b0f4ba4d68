using Aspire.Hosting.ApplicationModel;

namespace Expo.NativeHosting;

/// <summary>Knows how to start one kind of resource.</summary>
internal interface IResourceRuntime
{
    /// <summary>Starts it; returns once it runs, healthy or not.</summary>
    Task<IRunning> StartAsync(CancellationToken ct);
}

/// <summary>A resource that was started.</summary>
internal interface IRunning : IAsyncDisposable
{
    /// <summary>Its processes; none for a value or a database.</summary>
    IReadOnlyList<Instance> Instances { get; }

    /// <summary>How often one of its replicas was started again while others ran.</summary>
    int Restarts => 0;

    /// <summary>Completes with the exit code when it has ended, by itself or because it was stopped.</summary>
    Task<int> Exited { get; }

    /// <summary>Asks it to end; it is ended hard when its time is up.</summary>
    Task StopAsync();
}

/// <summary>A part of another resource: it ends with that, shows its state, and runs again with it.</summary>
internal interface IFollowsParent
{
    /// <summary>The state the parent is in.</summary>
    ResourceStateSnapshot? ParentState { get; }
}

/// <summary>A process of a resource; named where there may be several.</summary>
internal sealed record Instance(string? Name, int ProcessId);

/// <summary>Something without a process: it runs until it is stopped.</summary>
internal class RunningValue : IRunning
{
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Instance> Instances => [];

    public Task<int> Exited => exited.Task;

    public Task StopAsync()
    {
        exited.TrySetResult(0);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
