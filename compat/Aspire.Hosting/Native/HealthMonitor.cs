using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Expo.NativeHosting;

/// <summary>Runs the health checks of a resource and its parents while it runs.</summary>
internal sealed class HealthMonitor(IResource resource, HealthCheckService checks, ResourceNotificationService notifications, TimeProvider time)
{
    // A start is watched closely, a sick resource ever less often, a healthy one steadily.
    private static readonly TimeSpan Starting = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private const int CloseLooks = 240;
    private const int MostSteps = 2;

    private readonly HashSet<string> keys = [.. Ancestry(resource).SelectMany(r => r.Annotations.OfType<HealthCheckAnnotation>()).Select(h => h.Key)];

    /// <summary>The reports before any check has run.</summary>
    public ImmutableArray<HealthReportSnapshot> Unknown => [.. keys.Order().Select(key => new HealthReportSnapshot(key, null, null, null))];

    /// <summary>Checks until cancelled; calls back once, the first time all is well.</summary>
    public async Task WatchAsync(Func<CancellationToken, Task> becameHealthy, CancellationToken ct)
    {
        var (ready, looks, sick) = (false, 0, 0);
        try
        {
            while (true)
            {
                var healthy = keys.Count == 0 || await CheckAsync(ct).ConfigureAwait(false);
                if (healthy && !ready)
                {
                    ready = true;
                    await becameHealthy(ct).ConfigureAwait(false);
                }

                if (keys.Count == 0)
                {
                    return;
                }

                sick = healthy ? 0 : Math.Min(sick + 1, MostSteps);
                var pause = healthy ? Healthy : !ready && ++looks < CloseLooks ? Starting : Step * sick;
                await Task.Delay(pause, time, ct).ConfigureAwait(false);
            }
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

    private async Task<bool> CheckAsync(CancellationToken ct)
    {
        var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), ct).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        var now = time.GetUtcNow().UtcDateTime;
        var reports = report.Entries.OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message) { LastRunAt = now })
            .ToImmutableArray();
        await notifications.PublishUpdateAsync(resource, s => s with { HealthReports = reports }).ConfigureAwait(false);
        return report.Status == HealthStatus.Healthy;
    }
}
