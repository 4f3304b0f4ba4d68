using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.NativeHosting;

/// <summary>The commands that everything with a process has.</summary>
internal static class LifecycleCommands
{
    public static IResourceBuilder<T> WithLifecycleCommands<T>(this IResourceBuilder<T> builder) where T : IResource
    {
        var name = builder.Resource.Name;
        return builder
            .WithCommand(
                KnownResourceCommands.StartCommand,
                "Start",
                context => DoAsync(context, orchestrator => orchestrator.StartResourceAsync(name)),
                commandOptions: new() { UpdateState = context => Enabled(!IsStarted(context.ResourceSnapshot) || IsWaiting(context.ResourceSnapshot)) })
            .WithCommand(
                KnownResourceCommands.StopCommand,
                "Stop",
                context => DoAsync(context, orchestrator => orchestrator.StopResourceAsync(name)),
                commandOptions: new() { UpdateState = context => Enabled(IsStarted(context.ResourceSnapshot)) })
            .WithCommand(
                KnownResourceCommands.RestartCommand,
                "Restart",
                context => DoAsync(context, async orchestrator =>
                {
                    await orchestrator.StopResourceAsync(name).ConfigureAwait(false);
                    await orchestrator.StartResourceAsync(name).ConfigureAwait(false);
                }),
                commandOptions: new());
    }

    private static bool IsStarted(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && state != KnownResourceStates.NotStarted && !KnownResourceStates.TerminalStates.Contains(state);

    // Who presses Start knows better than the wait.
    private static bool IsWaiting(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Waiting;

    private static ResourceCommandState Enabled(bool enabled) => enabled ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static async Task<ExecuteCommandResult> DoAsync(ExecuteCommandContext context, Func<Orchestrator, Task> action)
    {
        await action(context.ServiceProvider.GetRequiredService<Orchestrator>()).ConfigureAwait(false);
        return CommandResults.Success();
    }
}
