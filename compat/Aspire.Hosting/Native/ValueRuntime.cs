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

/// <summary>A database runs when its server does, and ends with it.</summary>
internal sealed class ChildRuntime(IResourceWithParent resource, ResourceNotificationService notifications) : IResourceRuntime
{
    public async Task<IRunning> StartAsync(CancellationToken ct)
    {
        await notifications.WaitForResourceAsync(resource.Parent.Name, KnownResourceStates.Running, ct).ConfigureAwait(false);
        var running = new RunningValue();
        _ = EndWithParentAsync(running);
        return running;
    }

    private async Task EndWithParentAsync(RunningValue running)
    {
        using var ended = new CancellationTokenSource();
        var parent = notifications.WaitForResourceAsync(
            resource.Parent.Name, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text ?? ""), ended.Token);
        await Task.WhenAny(parent, running.Exited).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await running.StopAsync().ConfigureAwait(false);
    }
}
