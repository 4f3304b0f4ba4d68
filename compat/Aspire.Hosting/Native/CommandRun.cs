using Aspire.Hosting.ApplicationModel;
using Expo.Dashboard.Resources;

namespace Expo.NativeHosting;

/// <summary>Runs a command for a person and waits for its effect: a start has succeeded when the resource is healthy again, not when it was asked for.</summary>
internal sealed class CommandRun(ResourceCommandService commands, ResourceNotificationService notifications)
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    public async Task<CommandResult> ExecuteAsync(string name, string command, CancellationToken ct)
    {
        if (!notifications.TryGetCurrentState(name, out _))
        {
            return new(CommandEnd.Unknown, $"There is no resource '{name}'.");
        }

        var result = await commands.ExecuteCommandAsync(name, command, ct).ConfigureAwait(false);
        if (!result.Success)
        {
            return new(CommandEnd.Failed, result.ErrorMessage ?? "The command was cancelled.");
        }

        return command == KnownResourceCommands.StartCommand || command == KnownResourceCommands.RestartCommand
            ? await HealthyAsync(name, ct).ConfigureAwait(false)
            : new(CommandEnd.Done, $"{name}: {command} done.");
    }

    private async Task<CommandResult> HealthyAsync(string name, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StartTime);
        try
        {
            var reached = await notifications.WaitForResourceAsync(
                name,
                e => ResourceNotificationService.IsReady(e.Snapshot) || KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text ?? ""),
                limit.Token).ConfigureAwait(false);
            var good = ResourceNotificationService.IsReady(reached.Snapshot) || reached.Snapshot.ExitCode == 0;
            return new(good ? CommandEnd.Done : CommandEnd.Failed, $"{name}: {ResourceNotificationService.Describe(reached.Snapshot)}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(CommandEnd.Failed, $"{name} is not healthy after {StartTime.TotalMinutes} minutes.");
        }
    }
}
