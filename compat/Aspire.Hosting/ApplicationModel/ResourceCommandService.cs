namespace Aspire.Hosting.ApplicationModel;

/// <summary>Runs commands of resources.</summary>
public class ResourceCommandService(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IServiceProvider services)
{
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default) =>
        model.Resources.TryGetByName(resourceId, out var resource)
            ? ExecuteCommandAsync(resource, commandName, cancellationToken)
            : Task.FromResult(CommandResults.Failure($"There is no resource '{resourceId}'."));

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(c => c.Name == commandName);
        if (command is null)
        {
            return CommandResults.Failure($"Resource '{resource.Name}' has no command '{commandName}'.");
        }

        if (notifications.TryGetCurrentState(resource.Name, out var known)
            && command.UpdateState(new() { ResourceSnapshot = known.Snapshot, ServiceProvider = services }) != ResourceCommandState.Enabled)
        {
            return CommandResults.Failure($"'{commandName}' cannot be used now: '{resource.Name}' is {ResourceNotificationService.Describe(known.Snapshot)}.");
        }

        try
        {
            return await command.ExecuteCommand(new()
            {
                ResourceName = resource.Name,
                ServiceProvider = services,
                CancellationToken = cancellationToken,
                Logger = loggers.GetLogger(resource),
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
    }
}
