using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Expo.Dashboard.Resources;

namespace Expo.NativeHosting;

/// <summary>The application as the dashboard sees it.</summary>
internal sealed class DashboardResources(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    CommandRun commands,
    Secrets secrets,
    Orchestrator orchestrator,
    IServiceProvider services) : IDashboardResources
{
    public IReadOnlyList<ResourceView> List() => [.. model.Resources.Select(View)];

    public async IAsyncEnumerable<string> ChangesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var change in notifications.WatchAsync(ct).ConfigureAwait(false))
        {
            yield return change.Resource.Name;
        }
    }

    public Task<CommandResult> ExecuteAsync(string resource, string command, CancellationToken ct) => commands.ExecuteAsync(resource, command, ct);

    public IReadOnlyList<ConsoleLine> Console(string? resource, int last) => loggers.Last(Names(resource), last);

    public IAsyncEnumerable<IReadOnlyList<ConsoleLine>> FollowConsoleAsync(string? resource, int last, CancellationToken ct) =>
        loggers.FollowAsync(Names(resource), last, ct);

    private string[] Names(string? resource) => resource is null
        ? [.. model.Resources.Select(r => r.Name)]
        : [.. model.Resources.Select(r => r.Name).Where(name => string.Equals(name, resource, StringComparison.OrdinalIgnoreCase))];

    private ResourceView View(IResource resource)
    {
        var snapshot = Snapshot(resource.Name);
        var lifecycle = orchestrator.Find(resource.Name);
        return new()
        {
            Name = resource.Name,
            Type = snapshot?.ResourceType ?? resource.GetType().Name,
            State = StateOf(snapshot),
            Health = snapshot?.HealthStatus?.ToString(),
            Hidden = snapshot?.IsHidden ?? resource is ParameterResource,
            HealthReports = [.. (snapshot?.HealthReports ?? []).Select(r => new HealthView(r.Name, r.Status?.ToString(), r.Description, r.ExceptionText, r.LastRunAt))],
            Started = snapshot?.StartTimeStamp,
            Stopped = snapshot?.StopTimeStamp,
            ExitCode = snapshot?.ExitCode,
            Failure = snapshot?.Failure,
            Restarts = lifecycle?.Restarts ?? 0,
            Replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1,
            Instances = [.. (lifecycle?.Instances ?? []).Select(i => new InstanceView(i.Name, i.ProcessId))],
            Urls = [.. (snapshot?.Urls ?? []).Where(u => !u.IsInternal).OrderByDescending(u => u.DisplayProperties.SortOrder)
                .Select(u => new UrlView(u.DisplayProperties.DisplayName is { Length: > 0 } name ? name : u.Name ?? u.Url, u.Url))],
            Endpoints = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointView(e.Name, e.AllocatedEndpoint?.UriString ?? ""))],
            Environment = [.. (snapshot?.EnvironmentVariables ?? []).OrderBy(v => v.Name, StringComparer.Ordinal).Select(secrets.Without)],
            Waits = [.. resource.Annotations.OfType<WaitAnnotation>().Select(Wait)],
            Relations = [.. (snapshot?.Relationships ?? []).Distinct().Select(r => new RelationView(r.ResourceName, r.Type))],
            Parent = (resource as IResourceWithParent)?.Parent.Name ?? snapshot?.Relationships.LastOrDefault(r => r.Type == "Parent")?.ResourceName,
            Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => (Command: c, State: StateOf(c, snapshot)))
                .Where(c => c.State != ResourceCommandState.Hidden).Select(c => View(c.Command, c.State))],
        };
    }

    private static CommandView View(ResourceCommandAnnotation command, ResourceCommandState state) => new(
        command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage, command.IsHighlighted, state == ResourceCommandState.Enabled);

    private ResourceCommandState StateOf(ResourceCommandAnnotation command, CustomResourceSnapshot? snapshot) => snapshot is null
        ? ResourceCommandState.Disabled
        : command.UpdateState(new() { ResourceSnapshot = snapshot, ServiceProvider = services });

    private WaitView Wait(WaitAnnotation wait)
    {
        var snapshot = Snapshot(wait.Resource.Name);
        var met = snapshot is not null && wait.WaitType switch
        {
            WaitType.WaitForCompletion => snapshot.ExitCode == wait.ExitCode,
            WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
            _ => ResourceNotificationService.IsReady(snapshot),
        };
        return new(wait.Resource.Name, wait.WaitType.ToString(), met, snapshot is null ? StateOf(null) : ResourceNotificationService.Describe(snapshot));
    }

    private CustomResourceSnapshot? Snapshot(string name) => notifications.TryGetCurrentState(name, out var known) ? known.Snapshot : null;

    private static string StateOf(CustomResourceSnapshot? snapshot) => snapshot?.State?.Text ?? KnownResourceStates.NotStarted;
}
