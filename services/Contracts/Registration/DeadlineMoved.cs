namespace Expo.Contracts.Registration;

/// <summary>The committee moved one deadline of an edition. Sent for each move. Heard by: Exhibition, Recruitment, Forum, Matchmaking (they keep a directory entry).</summary>
/// <param name="EditionCode">The edition.</param>
/// <param name="Deadline">The deadline as it is now.</param>
public sealed record DeadlineMoved(string EditionCode, EditionDeadline Deadline);
