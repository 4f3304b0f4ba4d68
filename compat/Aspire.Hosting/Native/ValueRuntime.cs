using Aspire.Hosting.ApplicationModel;

namespace Expo.NativeHosting;

/// <summary>Parameters, external services, connection strings: they run once their value is known.</summary>
internal sealed class ValueRuntime(IResource resource) : IResourceRuntime
{
    public async Task<IRunning> StartAsync(CancellationToken ct)
    {
        if (resource is ParameterResource parameter)
        {
            await parameter.GetValueAsync(ct).ConfigureAwait(false);
        }

        return new RunningValue();
    }
}

/// <summary>A database runs while its server does.</summary>
internal sealed class ChildRuntime(IResourceWithParent resource, ResourceNotificationService notifications) : IResourceRuntime
{
    public async Task<IRunning> StartAsync(CancellationToken ct)
    {
        await notifications.WaitForResourceAsync(resource.Parent.Name, KnownResourceStates.Running, ct).ConfigureAwait(false);
        var running = new RunningPart();
        _ = EndWithParentAsync(running);
        return running;
    }

    private async Task EndWithParentAsync(RunningPart running)
    {
        using var ended = new CancellationTokenSource();
        var parent = notifications.WaitForResourceAsync(resource.Parent.Name, e => !IsUp(e.Snapshot.State?.Text), ended.Token);
        if (await Task.WhenAny(parent, running.Exited).ConfigureAwait(false) == parent)
        {
            running.ParentState = (await parent.ConfigureAwait(false)).Snapshot.State;
        }

        await ended.CancelAsync().ConfigureAwait(false);
        await running.StopAsync().ConfigureAwait(false);
    }

    private static bool IsUp(string? state) => state == KnownResourceStates.Running || state == KnownResourceStates.Stopping;

    private sealed class RunningPart : RunningValue, IFollowsParent
    {
        public ResourceStateSnapshot? ParentState { get; set; }
    }
}
