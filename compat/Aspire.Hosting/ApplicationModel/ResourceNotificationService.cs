using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of every resource, and who wants to know when it changes.</summary>
public class ResourceNotificationService(IOptions<ResourceNotificationServiceOptions> options, ResourceLoggerService loggers) : IDisposable
{
    private const int LastLines = 10;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, ResourceEvent> current = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableList<Channel<ResourceEvent>> watchers = [];

    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return PublishUpdateAsync(resource, resource.Name, stateFactory);
    }

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(stateFactory);
        lock (gate)
        {
            var before = current.TryGetValue(resourceId, out var known) ? known.Snapshot : Initial(resource);
            var update = new ResourceEvent(resource, resourceId, stateFactory(before));
            current[resourceId] = update;
            foreach (var watcher in watchers)
            {
                watcher.Writer.TryWrite(update);
            }
        }

        return Task.CompletedTask;
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent) =>
        current.TryGetValue(resourceId, out resourceEvent);

    /// <summary>Everything known now, then every change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var changes = Channel.CreateUnbounded<ResourceEvent>();
        lock (gate)
        {
            foreach (var known in current.Values)
            {
                changes.Writer.TryWrite(known);
            }

            watchers = watchers.Add(changes);
        }

        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (gate)
            {
                watchers = watchers.Remove(changes);
            }
        }
    }

    public async Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        await WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken).ConfigureAwait(false);

    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(resourceName, e => e.Snapshot.State is { } state && wanted.Contains(state.Text), cancellationToken)
            .ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The application ended before '{resourceName}' got there.");
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, options.Value.DefaultWaitBehavior, cancellationToken);

    /// <summary>Running, every check healthy, and the handlers of its ready event done.</summary>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var reached = await WaitForResourceAsync(
            resourceName,
            e => IsReady(e.Snapshot) || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(e.Snapshot)),
            cancellationToken).ConfigureAwait(false);
        if (!IsReady(reached.Snapshot))
        {
            throw new DistributedApplicationException($"Resource '{resourceName}' is not available: {Describe(reached.Snapshot)}.{LastWords(resourceName)}");
        }

        await reached.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        return reached;
    }

    /// <summary>Waits for everything a resource's wait annotations name.</summary>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().ToList().Select(wait => WaitForAsync(wait, cancellationToken)));
    }

    public void Dispose()
    {
        foreach (var watcher in watchers)
        {
            watcher.Writer.TryComplete();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>State, exit code, reason and failing checks in a few words.</summary>
    internal static string Describe(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text ?? KnownResourceStates.NotStarted;
        var exit = snapshot.ExitCode is { } code && KnownResourceStates.TerminalStates.Contains(state) ? $", exit code {code}" : "";
        var sick = snapshot.HealthReports.Where(r => r.Status != HealthStatus.Healthy)
            .Select(r => $", {r.Name}: {r.ExceptionText ?? r.Description ?? "not checked yet"}");
        var why = snapshot.Failure is { } failure ? $": {failure}" : "";
        return state + exit + why + string.Concat(state == KnownResourceStates.Running ? sick : []);
    }

    internal static bool IsReady(CustomResourceSnapshot snapshot) =>
        snapshot.HealthStatus == HealthStatus.Healthy && snapshot.ResourceReadyEvent is not null;

    private static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    private static CustomResourceSnapshot Initial(IResource resource) =>
        resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
        ?? new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [], State = KnownResourceStates.NotStarted };

    private static string TypeName(IResource resource) => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal);

    private string LastWords(string resourceName) => string.Concat(loggers.LastLines(resourceName, LastLines).Select(l => $"\n    {l.Content}"));

    private async Task WaitForAsync(WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? options.Value.DefaultWaitBehavior;
        if (wait.WaitType == WaitType.WaitUntilHealthy)
        {
            await WaitForResourceHealthyAsync(wait.Resource.Name, behavior, cancellationToken).ConfigureAwait(false);
            return;
        }

        // A run that failed is an end for who waits for its completion, and for others only if they stop on it.
        var ends = wait.WaitType == WaitType.WaitForCompletion || behavior == WaitBehavior.StopOnResourceUnavailable;
        var reached = await WaitForResourceAsync(
            wait.Resource.Name,
            e => (ends && IsUnavailable(e.Snapshot)) || (wait.WaitType == WaitType.WaitUntilStarted && e.Snapshot.State?.Text == KnownResourceStates.Running),
            cancellationToken).ConfigureAwait(false);
        var good = wait.WaitType == WaitType.WaitUntilStarted
            ? reached.Snapshot.State?.Text == KnownResourceStates.Running
            : reached.Snapshot.State?.Text != KnownResourceStates.FailedToStart && reached.Snapshot.ExitCode == wait.ExitCode;
        if (!good)
        {
            throw new DistributedApplicationException(
                $"'{wait.Resource.Name}', which it waits for, ended as {Describe(reached.Snapshot)}.{LastWords(wait.Resource.Name)}");
        }
    }
}
