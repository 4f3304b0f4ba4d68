using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Matchmaking.Listings;

/// <summary>The rules that span the members of a listing's form.</summary>
public static class ListingRules
{
    /// <summary>Nothing that must stay secret is kept where everybody reads; the request leaves no trace.</summary>
    public static readonly Refusal NotPublic = Refusal.Rule(
        "listing.confidential", "目前不受理不便公开的需求，所填内容未被保存。", "Needs that must not be public are not taken yet. Nothing of this was kept.");

    /// <summary>The first thing that is wrong, or nothing.</summary>
    public static Refusal? Check(ListingForm form)
    {
        if (form.Confidentiality is Confidentiality.Confidential)
            return NotPublic;
        if ((form.Kind, form.Direction) is (ListingKind.TalentDemand, Direction.Offer) or (ListingKind.TalentResource, Direction.Request))
            return Refusal.Rule("listing.direction_contradicts", "人才需求须为“需”，人才资源须为“供”。", "A talent demand is a request, a talent resource is an offer.");
        if (Repeated(form) is { } code)
            return Refusal.Rule("listing.repeated", $"“{code}”只能选择一次。", $"{code} can be chosen once.").With("code", code);
        if (form.Budget is { } budget && IsUnclear(budget))
            return Refusal.Rule("budget.unclear", "预算须填写下限或上限，且下限不高于上限。", "State the least or the most of the budget, and no less for the most.");
        return form.Period is { } period && (period is { From: null, Until: null } || period.Until < period.From)
            ? Refusal.Rule("period.unclear", "起止日期须至少填写一个，且结束不早于开始。", "State the first or the last day, and none that ends before it begins.")
            : null;
    }

    /// <summary>A refusal when the work would be over before anybody could read of it, or nothing.</summary>
    public static Refusal? CheckDays(ListingForm form, DateTimeOffset now) =>
        form.Period?.Until < now.Today()
            ? Refusal.Rule("period.over", "结束日期已过。", "The last day has passed.").With("until", $"{form.Period.Until:yyyy-MM-dd}")
            : null;

    private static string? Repeated(ListingForm form) =>
        First(form.Fields) ?? First(form.CooperationModes.Select(mode => mode.Code())) ?? First(form.PartnerSought?.Kinds) ?? First(form.PartnerSought?.Countries);

    private static bool IsUnclear(MoneyRange budget) =>
        budget is { Min: null, Max: null } || (budget is { Min: { } min, Max: { } max } && Money.Read(min) > Money.Read(max));

    private static string? First(IEnumerable<string>? codes) =>
        codes?.GroupBy(code => code).FirstOrDefault(same => same.Count() > 1)?.Key;
}
