using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Expo.Messaging;

/// <summary>What there is to count.</summary>
internal static class Telemetry
{
    /// <summary>On the span of a message that was put aside: its id among the parked ones.</summary>
    public const string ParkedMessage = "expo.parked_message";

    /// <summary>Which queue a count is about.</summary>
    public const string Queue = "expo.queue";

    public static readonly ActivitySource Source = new("Expo.Messaging");

    private static readonly Meter Meter = new("Expo.Messaging");

    public static readonly Counter<long> Told = Meter.CreateCounter<long>("expo.messaging.told", description: "Messages that the broker has confirmed");
    public static readonly Counter<long> Unheard = Meter.CreateCounter<long>("expo.messaging.unheard", description: "Messages that no queue was bound for");
    public static readonly Counter<long> Replayed = Meter.CreateCounter<long>("expo.messaging.replayed", description: "Messages sent again on request");
    public static readonly Counter<long> Asked = Meter.CreateCounter<long>("expo.messaging.asked", description: "Replays asked for");
    public static readonly Counter<long> Parked = Meter.CreateCounter<long>("expo.messaging.parked", description: "Messages parked, those that wait behind one included");
    public static readonly Counter<long> Skipped = Meter.CreateCounter<long>("expo.messaging.skipped", description: "Messages that had been handled before, whose repeat did nothing");
    public static readonly Counter<long> Mended = Meter.CreateCounter<long>("expo.messaging.mended", description: "Queues made anew because the broker had lost their leader");
    public static readonly Counter<long> Repeated = Meter.CreateCounter<long>("expo.messaging.repeated", description: "Messages that came again from the broker");

    static Telemetry() => Meter.CreateObservableGauge("expo.messaging.waiting", () => Waiting, description: "Messages that are parked now, those that wait behind one included");

    /// <summary>How many messages are parked now.</summary>
    public static int Waiting { get; set; }
}
