using System.Text.Json;
using Expo.Kernel;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;

namespace Expo.Recruitment.Jobs;

/// <summary>A fair that a job asks for, with its rules; without when there is no such fair.</summary>
public sealed record RequestedFair(Guid FairId, string EditionCode, string Code, FairDefinition? Definition);

/// <summary>Whether a job is in a fair; the decision stands until the job is next put.</summary>
public sealed record FairEntry(Guid FairId, string Edition, string Code, FairEntryState State, FairRefusal? Refusal)
{
    /// <summary>Whether two lists say the same.</summary>
    public static bool Same(IReadOnlyList<FairEntry> entries, IReadOnlyList<FairEntry> others) =>
        entries.Count == others.Count && entries.Zip(others).All(pair => Same(pair.First, pair.Second));

    private static bool Same(FairEntry entry, FairEntry other) =>
        entry with { Refusal = null } == other with { Refusal = null }
        && (entry.Refusal is null ? other.Refusal is null : other.Refusal is not null && Same(entry.Refusal, other.Refusal));

    // The database gives the parameters back in an order of its own.
    private static bool Same(FairRefusal refusal, FairRefusal other) =>
        refusal.Code == other.Code && refusal.Detail.Equals(other.Detail)
        && refusal.Params.Count == other.Params.Count && !refusal.Params.Except(other.Params).Any();
}

/// <summary>Whether a job is in.</summary>
public enum FairEntryState
{
    /// <summary>It is shown in the fair.</summary>
    Accepted,

    /// <summary>It is not; on the site it is shown all the same.</summary>
    Refused,
}

/// <summary>Why a job is not in a fair.</summary>
public sealed record FairRefusal(string Code, Text Detail, IReadOnlyDictionary<string, string> Params);

/// <summary>The rules of fairs for jobs. Rules for candidates, and those in words, are for people.</summary>
public static class FairAdmission
{
    /// <summary>What a fair says to a job.</summary>
    public static FairEntry Judge(RequestedFair fair, JobAdvert job)
    {
        var why = fair.Definition is { } rules ? Salary(rules, job) ?? Audience(rules, job) ?? Industry(rules, job) ?? Area(rules, job) : FairRefusals.Unknown;
        return new FairEntry(
            fair.FairId, fair.EditionCode, fair.Code, why is null ? FairEntryState.Accepted : FairEntryState.Refused,
            why is null ? null : new FairRefusal(why.Code, why.Detail, why.Parameters));
    }

    private static Refusal? Salary(FairDefinition fair, JobAdvert job)
    {
        if (fair.MinAnnualSalary is not { Operator: { } compare, End: { } end } rule)
            return null;
        var (floor, above) = (rule.Threshold, compare == SalaryOperator.Above);
        var refused = (job.Salary, job.Salary?.Annual(end)) switch
        {
            (null, _) => Refusal.Rule("fair.salary_unknown", "该招聘会要求注明薪酬。", "This fair needs to know the pay."),
            (_, null) => Refusal.Rule(
                "fair.salary_not_annual", "该招聘会按年薪比较，请按月或按年填写薪酬。", "This fair compares pay by the year. State it by the month or the year."),
            (_, { } pay) when pay.Currency != floor.Currency => Refusal.Rule(
                    "fair.salary_currency", $"该招聘会以 {floor.Currency} 比较年薪。", $"This fair compares pay in {floor.Currency}.")
                .With("annual", pay.Amount).With("annualCurrency", pay.Currency),
            (_, { } pay) when Money.Read(pay.Amount) is var annual && (above ? annual <= Money.Read(floor.Amount) : annual < Money.Read(floor.Amount)) =>
                Refusal.Rule(
                        "fair.salary_below_floor",
                        $"年薪 {pay.Amount} {pay.Currency} 未达到要求（须{(above ? "超过" : "不低于")} {floor.Amount} {floor.Currency}）。",
                        $"{pay.Amount} {pay.Currency} a year is too little: it must be {(above ? "above" : "at least")} {floor.Amount} {floor.Currency}.")
                    .With(end == PayEnd.Min ? "annualMin" : "annualMax", pay.Amount),
            _ => null,
        };
        return refused?.With("floor", floor.Amount).With("currency", floor.Currency).With("operator", above ? "above" : "at_least");
    }

    private static Refusal? Audience(FairDefinition fair, JobAdvert job) =>
        job.Audiences is null or [] || job.Audiences.Any(audience => fair.Audiences.Contains(audience) || fair.Audiences.Contains(Wider(audience)))
            ? null
            : Refusal.Rule("fair.audience_mismatch", "该招聘会面向其他人群。", "This fair is for other people.").With("audiences", Codes(fair.Audiences));

    private static Refusal? Industry(FairDefinition fair, JobAdvert job) =>
        fair.Industries is not { OpenEnded: false } closed || closed.Items.Any(item => item.Code == job.Industry)
            ? null
            : Refusal.Rule("fair.industry_mismatch", "该招聘会面向其他行业。", "This fair is for other industries.")
                .With("industries", Codes(closed.Items.Select(item => item.Code!.Value)));

    private static Refusal? Area(FairDefinition fair, JobAdvert job) =>
        fair.Areas is not { OpenEnded: false } closed || closed.Items.Any(item => item.Code == job.FairArea)
            ? null
            : Refusal.Rule("fair.area_mismatch", "该招聘会没有这个专区。", "This fair has no such part.")
                .With("areas", Codes(closed.Items.Select(item => item.Code!.Value)));

    // 海外人才 is wider than 海外高端人才 (requirement J-10).
    private static TalentAudience Wider(TalentAudience audience) => audience == TalentAudience.OverseasHighEnd ? TalentAudience.Overseas : audience;

    private static string Codes<T>(IEnumerable<T> values) where T : struct, Enum =>
        string.Join('|', values.Select(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString())));
}
