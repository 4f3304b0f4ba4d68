using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Expo.NativeHosting;

/// <summary>
/// Watches the health of a resource while it runs: its own checks and its parents' from time to time, and what it waited for as soon as that is gone.
/// </summary>
internal sealed class HealthMonitor(IResource resource, HealthCheckService checks, ResourceNotificationService notifications, TimeProvider time)
{
    // A start is watched closely, a sick resource ever less often, a healthy one steadily.
    private static readonly TimeSpan Starting = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private const int CloseLooks = 600;
    private const int MostSteps = 2;

    private readonly HashSet<string> keys = [.. Ancestry(resource).SelectMany(r => r.Annotations.OfType<HealthCheckAnnotation>()).Select(h => h.Key)];

    private readonly SortedSet<string> needs = new(
        resource.Annotations.OfType<WaitAnnotation>().Where(w => w.WaitType == WaitType.WaitUntilHealthy).Select(w => w.Resource.Name), StringComparer.Ordinal);

    /// <summary>The reports before any check has run.</summary>
    public ImmutableArray<HealthReportSnapshot> Unknown => [.. keys.Order().Select(key => new HealthReportSnapshot(key, null, null, null))];

    /// <summary>Checks until cancelled; calls back once, the first time all is well.</summary>
    public async Task WatchAsync(Func<CancellationToken, Task> becameHealthy, CancellationToken ct)
    {
        using var watch = new Watch(Unknown, becameHealthy);
        try
        {
            await Task.WhenAll(CheckAsync(watch, ct), FollowNeedsAsync(watch, ct)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It has ended or is being stopped.
        }
    }

    private static IEnumerable<IResource> Ancestry(IResource resource)
    {
        for (var one = resource; one is not null; one = (one as IResourceWithParent)?.Parent)
        {
            yield return one;
        }
    }

    private async Task CheckAsync(Watch watch, CancellationToken ct)
    {
        if (keys.Count == 0)
        {
            await TellAsync(watch, ct).ConfigureAwait(false);
            return;
        }

        var (looks, sick) = (0, 0);
        while (true)
        {
            var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), ct).ConfigureAwait(false);
            ct.ThrowIfCancellationRequested();
            var now = Now;
            watch.Own = [.. report.Entries.OrderBy(e => e.Key, StringComparer.Ordinal)
                .Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message) { LastRunAt = now })];
            await TellAsync(watch, ct).ConfigureAwait(false);

            var healthy = report.Status == HealthStatus.Healthy;
            sick = healthy ? 0 : Math.Min(sick + 1, MostSteps);
            var pause = healthy ? Healthy : !watch.IsReady && ++looks < CloseLooks ? Starting : Step * sick;
            await Task.Delay(pause, time, ct).ConfigureAwait(false);
        }
    }

    private async Task FollowNeedsAsync(Watch watch, CancellationToken ct)
    {
        if (needs.Count == 0)
        {
            return;
        }

        await foreach (var change in notifications.WatchAsync(ct).ConfigureAwait(false))
        {
            if (needs.Contains(change.Resource.Name) && !Missing().SequenceEqual(watch.Missing))
            {
                await TellAsync(watch, ct).ConfigureAwait(false);
            }
        }
    }

    // Both loops tell, one at a time.
    private async Task TellAsync(Watch watch, CancellationToken ct)
    {
        await watch.Gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var now = Now;
            watch.Missing = [.. Missing()];
            ImmutableArray<HealthReportSnapshot> all =
                [.. watch.Own, .. watch.Missing.Select(m => new HealthReportSnapshot(m.Name, HealthStatus.Unhealthy, $"It needs {m.Name}: {m.Why}", null) { LastRunAt = now })];
            await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = all }).ConfigureAwait(false);
            if (!watch.IsReady && all.All(r => r.Status == HealthStatus.Healthy))
            {
                watch.IsReady = true;
                await watch.BecameHealthy(ct).ConfigureAwait(false);
            }
        }
        finally
        {
            watch.Gate.Release();
        }
    }

    // One that is only less well than it might be is still there.
    private IEnumerable<(string Name, string Why)> Missing() =>
        from name in needs
        let snapshot = notifications.TryGetCurrentState(name, out var known) ? known.Snapshot : null
        where snapshot is not { ResourceReadyEvent: not null, HealthStatus: HealthStatus.Healthy or HealthStatus.Degraded }
        select (name, snapshot is null ? KnownResourceStates.NotStarted : ResourceNotificationService.Describe(snapshot));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private sealed class Watch(ImmutableArray<HealthReportSnapshot> unknown, Func<CancellationToken, Task> becameHealthy) : IDisposable
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public Func<CancellationToken, Task> BecameHealthy => becameHealthy;

        public ImmutableArray<HealthReportSnapshot> Own { get; set; } = unknown;

        public ImmutableArray<(string Name, string Why)> Missing { get; set; } = [];

        public bool IsReady { get; set; }

        public void Dispose() => Gate.Dispose();
    }
}
