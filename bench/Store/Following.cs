using System.Diagnostics;
using JasperFx.Events.Projections;
using Marten;

namespace Expo.Bench.Store;

/// <summary>What the daemon does: catch up with a history, and make a new event visible.</summary>
public static class Following
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Events per second from the daemon's start until the projection has them all.</summary>
    public static async Task<double> CatchUpAsync<TProjection, TDocument>(Server server, string schema, int events)
        where TProjection : ProjectionBase, IProjectionSource<IDocumentOperations, IQuerySession>, new()
    {
        await using var store = Stores.Open<TProjection>(server.Address.ConnectionString, schema, snapshots: false);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await server.Ask($"truncate {schema}.mt_event_progression, {schema}.mt_doc_{typeof(TDocument).Name.ToLowerInvariant()}");
        await server.Ask("checkpoint");
        using var daemon = await store.BuildProjectionDaemonAsync();
        var watch = Stopwatch.StartNew();
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(Patience);
        var seconds = watch.Elapsed.TotalSeconds;
        await daemon.StopAllAsync();
        var counted = await server.Ask($"select sum((data ->> 'Count')::bigint) from {schema}.mt_doc_{typeof(TDocument).Name.ToLowerInvariant()}");
        return counted == events.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? events / seconds
            : throw new InvalidOperationException($"{counted} events were counted instead of {events}.");
    }

    /// <summary>Milliseconds from the call that saves one event until a reader finds it in the asynchronous read model, one by one.</summary>
    public static async Task<IReadOnlyList<double>> VisibleAsync(Server server, string schema, int samples)
    {
        await using var store = Stores.Open<HundredthTallies>(server.Address.ConnectionString, schema);
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();
        var random = new Random(1);
        var delays = new List<double>();
        await using var reader = store.QuerySession();
        for (var n = 0; n < samples + 5; n++)
        {
            await Task.Delay(random.Next(20, 200));
            var id = Guid.CreateVersion7();
            var @event = Tallied.Number(n, id);
            var before = (await reader.LoadAsync<HundredthTally>(@event.Hundred + 1))?.Count ?? 0;
            var watch = Stopwatch.StartNew();
            await using (var session = store.LightweightSession())
            {
                session.Events.StartStream<Tally>(id, @event);
                await session.SaveChangesAsync();
            }

            while (((await reader.LoadAsync<HundredthTally>(@event.Hundred + 1))?.Count ?? 0) == before) await Task.Delay(1);
            if (n >= 5) delays.Add(watch.Elapsed.TotalMilliseconds);
        }

        await daemon.StopAllAsync();
        return delays;
    }
}
