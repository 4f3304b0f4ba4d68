using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Marten.Events.Daemon;

namespace Marten;

/// <summary>What the store tells whoever listens to "Marten".</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Source = new("Marten");

    private static readonly Meter Meter = new("Marten");
    private static readonly ConcurrentDictionary<ProjectionDaemon, bool> Daemons = new();

    public static readonly Counter<long> Appended = Meter.CreateCounter<long>("marten.event.append", "{event}", "Events committed");
    public static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("marten.conflicts", "{conflict}", "Saves refused because somebody else was first");
    public static readonly Counter<long> ShardFailures = Meter.CreateCounter<long>("marten.shard.failures", "{failure}", "Pages a shard could not process");
    public static readonly Histogram<long> PageSize = Meter.CreateHistogram<long>("marten.shard.page", "{event}", "Events in a page a shard committed");

    static Telemetry()
    {
        Meter.CreateObservableGauge("marten.shard.lag", () => EachShard(d => d.Lags), "{event}", "Numbers between a shard of this process and the mark");
        Meter.CreateObservableGauge("marten.shard.paused", () => EachShard(d => d.Pauses), "{shard}", "1 while a shard of this process cannot go on");
        Meter.CreateObservableGauge("marten.rebuild.position", () => EachShard(d => d.RebuildPositions), "{event}", "How far a rebuild is");
        Meter.CreateObservableGauge("marten.rebuild.target", () => EachShard(d => d.RebuildTargets), "{event}", "How far a rebuild has to go");
        Meter.CreateObservableGauge("marten.mark.held", () => Daemons.Keys.Select(d => d.HeldSeconds).DefaultIfEmpty().Max(), "s",
            "How long the mark has waited for an append that is still open");
    }

    public static void Watch(ProjectionDaemon daemon) => Daemons[daemon] = true;

    public static void Forget(ProjectionDaemon daemon) => Daemons.TryRemove(daemon, out _);

    private static IEnumerable<Measurement<long>> EachShard(Func<ProjectionDaemon, IEnumerable<(string Shard, long Value)>> read) =>
        from daemon in Daemons.Keys from shard in read(daemon) select new Measurement<long>(shard.Value, new KeyValuePair<string, object?>("shard", shard.Shard));
}
