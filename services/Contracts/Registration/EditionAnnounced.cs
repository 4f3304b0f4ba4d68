namespace Expo.Contracts.Registration;

/// <summary>An edition of the expo became known, with its days and deadlines. Sent once for each edition. Heard by: Exhibition, Recruitment, Forum, Matchmaking (they keep a directory entry).</summary>
/// <param name="Code">The edition's code, such as <c>ciep_2023</c>.</param>
/// <param name="Number">Which one it is, from 1.</param>
/// <param name="Year">The calendar year.</param>
/// <param name="DeliveryMode"><c>onsite</c>, <c>online</c> or <c>hybrid</c>.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English, if it has one.</param>
/// <param name="OpenDays">The days it is open, in Asia/Shanghai.</param>
/// <param name="ArrivalDays">The days on which participants register on arrival.</param>
/// <param name="MoveInDays">The days on which stands are built.</param>
/// <param name="Deadlines">Every deadline.</param>
public sealed record EditionAnnounced(
    string Code, int Number, int Year, string DeliveryMode, string NameZh, string? NameEn,
    IReadOnlyList<DateOnly> OpenDays, IReadOnlyList<DateOnly> ArrivalDays, IReadOnlyList<DateOnly> MoveInDays, IReadOnlyList<EditionDeadline> Deadlines);

/// <summary>A last day, inclusive, until 24:00 Asia/Shanghai.</summary>
/// <param name="Code">What it is for, such as <c>booth_application</c>.</param>
/// <param name="Date">The last day.</param>
/// <param name="Kind"><c>hard</c>, or <c>soft</c> when an officer may set it aside with a reason.</param>
public sealed record EditionDeadline(string Code, DateOnly Date, string Kind);
