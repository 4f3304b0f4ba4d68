using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Marten;

/// <summary>What the store tells whoever listens to "Marten".</summary>
internal static class Telemetry
{
    public static readonly ActivitySource Source = new("Marten");

    private static readonly Meter Meter = new("Marten");

    public static readonly Counter<long> Appended = Meter.CreateCounter<long>("marten.event.append", "{event}", "Events committed");
    public static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("marten.conflicts", "{conflict}", "Saves refused because somebody else was first");
    public static readonly Counter<long> ShardFailures = Meter.CreateCounter<long>("marten.shard.failures", "{failure}", "Pages a shard could not process");
    public static readonly Histogram<long> PageSize = Meter.CreateHistogram<long>("marten.shard.page", "{event}", "Events in a page a shard committed");
}
