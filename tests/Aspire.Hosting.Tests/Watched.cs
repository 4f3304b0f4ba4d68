using System.Diagnostics;
using Expo.NativeHosting;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>Looks at the processes of an application, and kills them.</summary>
internal static class Watched
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task HealthyAsync(DistributedApplication app, string name) =>
        app.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.WaitOnResourceUnavailable, Ct).WaitAsync(Patience, Ct);

    public static ResourceLifecycle Find(DistributedApplication app, string name) => app.Services.GetRequiredService<Orchestrator>().Find(name)!;

    public static async Task KillAsync(DistributedApplication app, string name)
    {
        using var kill = Process.Start("kill", ["-9", .. Find(app, name).ProcessIds.Select(id => $"{id}")]);
        await app.ResourceNotifications.WaitForResourceAsync(name, e => e.Snapshot.State?.Text != KnownResourceStates.Running, Ct).WaitAsync(Patience, Ct);
    }

    // The states one after the other, without those that only repeat.
    public static Func<IReadOnlyList<string>> Record(DistributedApplication app, string name)
    {
        var states = new List<string>();
        _ = RecordAsync();
        return () =>
        {
            lock (states)
            {
                return [.. states];
            }
        };

        async Task RecordAsync()
        {
            await foreach (var change in app.ResourceNotifications.WatchAsync(Ct))
            {
                lock (states)
                {
                    if (change.Resource.Name == name && change.Snapshot.State is { } state && states.LastOrDefault() != state.Text)
                    {
                        states.Add(state.Text);
                    }
                }
            }
        }
    }
}
