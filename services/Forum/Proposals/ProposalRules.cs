using Expo.Forum.Series;
using Expo.Kernel;

namespace Expo.Forum.Proposals;

/// <summary>The rules that span the members of a proposal's form.</summary>
public static class ProposalRules
{
    /// <summary>The first thing that is wrong, or nothing.</summary>
    /// <param name="form">The form.</param>
    /// <param name="series">The series it names, if that exists.</param>
    /// <param name="calendar">The edition's calendar.</param>
    public static Refusal? Check(ProposalForm form, SeriesDefinition? series, ForumCalendar calendar)
    {
        if (form.Topics.Count == 0 && form.OtherTopics is null)
            return Refusal.Rule("proposal.topic_missing", "请选择或填写议题。", "Choose a topic, or write one out.");
        if (form.Languages.FirstOrDefault(language => !IsLanguage(language)) is { } unknown)
            return Refusal.Rule("proposal.language_invalid", "语言代码无效（BCP 47）。", "This is no language code (BCP 47).").With("language", unknown[..Math.Min(35, unknown.Length)]);
        if (form.WantsRoom && form.Seats is null)
            return Refusal.Rule("proposal.seats_missing", "线下论坛须填写所需会议室规模。", "Say how large a room is wished for, unless the forum is held online.");
        return CheckSeries(form, series) ?? form.Preferred.Slot.Check() ?? calendar.CheckDay(form.Preferred.Day!.Value);
    }

    private static Refusal? CheckSeries(ProposalForm form, SeriesDefinition? series) => (form.Series, series) switch
    {
        (null, _) when form.SeriesEdition is not null => Refusal.Rule("series.missing", "填写届次时须选择系列论坛。", "A number needs a series that it belongs to."),
        (null, _) => null,
        (_, null) => Refusal.Rule("series.unknown", "没有这个系列论坛。", "There is no such forum series.").With("series", form.Series),
        _ when series.Tier != form.Tier => Refusal.Rule("series.tier_differs", "论坛类别与系列论坛不一致。", "The series is of another tier."),
        _ when !series.MayBe(form.SeriesEdition) => Refusal.Rule(
            "series.edition_differs", "届次须为该系列的本届或下一届。", "It must be the latest one of its series or the next; none where they are not counted."),
        _ => null,
    };

    private static bool IsLanguage(string text) =>
        text.Length is >= 2 and <= 35 && text.Split('-') is [{ Length: 2 or 3 } first, .. var rest] && first.All(char.IsAsciiLetter)
        && rest.All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
