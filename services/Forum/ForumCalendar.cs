using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Vocabulary;
using Microsoft.Extensions.Options;

namespace Expo.Forum;

/// <summary>What an edition's days mean for its forums: when they may be held (requirement F-09), and until when they are proposed (F-03).</summary>
/// <param name="OpenDays">The days of the expo (主会期).</param>
/// <param name="Proposals">The last day for proposals of forums in the expo period, if the edition has one.</param>
/// <param name="Venues">The last day for asking for a room in the expo period, if the edition has one.</param>
/// <param name="LaterForumsAheadDays">How many days ahead of its own day a later forum is proposed; ours, a setting.</param>
public sealed record ForumCalendar(IReadOnlyList<DateOnly> OpenDays, Deadline? Proposals, Deadline? Venues, int LaterForumsAheadDays)
{
    /// <summary>The open days, and every day after the opening until the end of that year.</summary>
    public Refusal? CheckDay(DateOnly day) =>
        OpenDays.Count > 0 && day >= OpenDays.Min() && (day <= OpenDays.Max() || day.Year == OpenDays.Min().Year)
            ? null
            : Refusal.Rule(
                "forum.outside_window", "论坛须在大会会期内或开幕后至当年年底前举办。", "A forum is held on the open days, or after the opening until the end of that year.")
                .With("day", $"{day:yyyy-MM-dd}");

    /// <summary>A refusal when it is too late to propose a forum for this day, and to ask for its room, unless a soft deadline was set aside.</summary>
    public Refusal? CheckDeadlines(DateOnly day, bool wantsRoom, DateTimeOffset now, Override? setAside) =>
        day > OpenDays.Max()
            ? new Deadline("later_forum_proposal", day.AddDays(-LaterForumsAheadDays), RuleKind.Soft).Check(now, setAside)
            : Proposals?.Check(now, setAside) ?? (wantsRoom ? Venues?.Check(now, setAside) : null);
}

/// <summary>What the organisers may set for forums; section <c>Forum</c> of the configuration.</summary>
public sealed class ForumSettings
{
    /// <summary>How many days ahead of its own day a forum after the expo period is proposed.</summary>
    public int LaterForumsAheadDays { get; set; } = 30;
}

/// <summary>Finds the calendars of editions.</summary>
internal sealed class ForumCalendars(Streams streams, IOptions<ForumSettings> settings)
{
    /// <summary>The calendar of an edition as it is known here now.</summary>
    public async Task<ForumCalendar> Of(string edition, CancellationToken ct)
    {
        var known = (await streams.Read<KnownEdition>(KnownEdition.IdOf(edition), ct)).State;
        return new ForumCalendar(
            known?.OpenDays ?? [], known?.DeadlineOf("forum_proposal"), known?.DeadlineOf("forum_venue"), settings.Value.LaterForumsAheadDays);
    }
}

internal static class ForumCalendarSetup
{
    public static void AddForumCalendars(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ForumSettings>().BindConfiguration("Forum");
        builder.Services.AddScoped<ForumCalendars>();
    }
}
