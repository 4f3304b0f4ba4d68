using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Editions;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to an edition of the expo.</summary>
public abstract record EditionEvent;

/// <summary>The committee announced the edition.</summary>
public sealed record EditionAnnounced(
    Guid EditionId, string Code, int Number, int Year, DeliveryMode DeliveryMode, Availability Availability, Text Name, Text? Theme,
    IReadOnlyList<DateOnly> OpenDays, IReadOnlyList<DateOnly> ArrivalDays, IReadOnlyList<DateOnly> MoveInDays,
    IReadOnlyList<Organiser> Organisers, IReadOnlyList<Deadline> Deadlines, int PassesPerBooth) : EditionEvent;

/// <summary>The committee moved a deadline and said why.</summary>
public sealed record DeadlineMoved(Guid EditionId, string EditionCode, Deadline Deadline, DateOnly From, string Reason, Guid MovedBy) : EditionEvent;

/// <summary>Who organises the edition, and as what.</summary>
/// <param name="Role">What they do for it.</param>
/// <param name="Name">Their name.</param>
public sealed record Organiser(OrganiserRole Role, Text Name);
