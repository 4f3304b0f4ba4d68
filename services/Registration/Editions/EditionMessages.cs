using Expo.Contracts.Registration;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Editions;

/// <summary>What the rest of the platform may know about an edition.</summary>
public static class EditionMessages
{
    /// <summary>The message that an event becomes, if any.</summary>
    public static object? Translate(EditionEvent @event) => @event switch
    {
        EditionAnnounced e => new Contracts.Registration.EditionAnnounced(
            e.Code, e.Number, e.Year, e.DeliveryMode.ToString().ToLowerInvariant(), e.Name.Zh, e.Name.En,
            e.OpenDays, e.ArrivalDays, e.MoveInDays, e.Deadlines.Select(Tell).ToArray()),
        DeadlineMoved e => new Contracts.Registration.DeadlineMoved(e.EditionCode, Tell(e.Deadline)),
        _ => null,
    };

    private static EditionDeadline Tell(Deadline deadline) => new(deadline.Code, deadline.Date, deadline.Kind.ToString().ToLowerInvariant());
}
