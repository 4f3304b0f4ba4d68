using System.Globalization;
using System.Text.RegularExpressions;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Jobs;

/// <summary>The rules of a job that no single member can tell: what spans members, what looks into texts and lists, and what depends on the day.</summary>
internal static partial class JobRules
{
    private const string Mainland = "CN";
    private const int MaxDays = 90;
    private const int MaxLanguages = 20;

    /// <summary>Everything that is wrong.</summary>
    /// <param name="job">The job.</param>
    /// <param name="onlineEnd">The last day of the edition online, if an edition is named and has one.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<FieldError> Check(JobAdvert job, Deadline? onlineEnd, DateTimeOffset now) =>
        [.. Texts(job), .. Times(job, onlineEnd, now), .. Places(job), .. Pay(job), .. Lists(job)];

    /// <summary>The first thing that is wrong, as a refusal.</summary>
    public static Refusal? FirstWrong(JobAdvert job, Deadline? onlineEnd, DateTimeOffset now) => Check(job, onlineEnd, now) is [var first, ..]
        ? new Refusal(RefusalKind.Rule, first.Code, first.Detail) { Parameters = first.Params ?? new Dictionary<string, string>() }.With("pointer", first.Pointer)
        : null;

    private static IEnumerable<FieldError> Texts(JobAdvert job)
    {
        if (job.Title.Languages.Values.Any(title => new StringInfo(title.Trim()).LengthInTextElements < 2))
            yield return Wrong("#/title", "field.too_short", "至少 2 个字符。", "Must have at least 2 characters.", ("min", "2"));
        if (job.Title.Languages.Values.Any(Amount().IsMatch))
            yield return Wrong("#/title", "title.has_pay", "职位名称不得包含薪酬，请填写 salary。", "A title has no pay in it. Use salary.");
        if (job.DescriptionHtml.Languages.Count > MaxLanguages)
        {
            yield return Wrong("#/descriptionHtml", "field.too_long", $"最多 {MaxLanguages} 种语言。", $"At most {MaxLanguages} languages.", ("max", $"{MaxLanguages}"));
            yield break;
        }

        foreach (var (language, html) in job.DescriptionHtml.Languages)
        {
            if (JobHtml.FirstForbidden(html) is { } forbidden)
            {
                yield return Wrong(
                    $"#/descriptionHtml/{language}", "html.not_allowed", $"不允许的 HTML：{forbidden}。", $"This HTML is not allowed: {forbidden}.",
                    ("found", forbidden), ("allowed", JobHtml.Allowed));
            }
            else if (!JobHtml.SaysSomething(html))
            {
                yield return Wrong($"#/descriptionHtml/{language}", "field.required", "必填。", "This is required.");
            }
        }
    }

    private static IEnumerable<FieldError> Times(JobAdvert job, Deadline? onlineEnd, DateTimeOffset now)
    {
        if (job.ValidThrough <= now)
            yield return Wrong("#/validThrough", "date.in_past", "截止日期已过。", "Date is in the past.");
        if (job.ValidThrough > now.AddDays(MaxDays))
            yield return Wrong("#/validThrough", "date.too_late", $"最长 {MaxDays} 天。", $"At most {MaxDays} days ahead.", ("maxDays", $"{MaxDays}"));
        if (onlineEnd is not null && job.ValidThrough > onlineEnd.End)
        {
            yield return Wrong(
                "#/validThrough", "date.after_edition", $"不得晚于本届线上大会结束日（{onlineEnd.Date:yyyy-MM-dd}）。",
                $"Not after the edition's last day online ({onlineEnd.Date:yyyy-MM-dd}).", ("date", $"{onlineEnd.Date:yyyy-MM-dd}"));
        }
    }

    private static IEnumerable<FieldError> Places(JobAdvert job)
    {
        if (job is { Remote: false, Locations: null or [] })
            yield return Wrong("#/locations", "field.required", "非远程职位须填写工作地点。", "A job that is not remote needs a location.");
        if (job is { Remote: true, ApplicantCountries: null or [] })
            yield return Wrong("#/applicantCountries", "field.required", "远程职位须填写应聘者所在国家。", "A remote job needs the countries of applicants.");
        foreach (var (place, i) in Indexed(job.Locations))
        {
            if (place is { Country: Mainland, Province: null })
                yield return Wrong($"#/locations/{i}/province", "field.required", "必填。", "This is required.");
            if (place.Country != Mainland && (place.Province ?? place.City) is not null)
                yield return Wrong($"#/locations/{i}/province", "location.not_mainland", "行政区划代码仅用于中国内地。", "Province and city codes are for the mainland only.");
            if (place is { Country: Mainland, Province: { } province, City: { } city } && !city.StartsWith(province, StringComparison.Ordinal))
                yield return Wrong($"#/locations/{i}/city", "location.city_elsewhere", "该城市不属于所填省份。", "The city is not in that province.");
        }
    }

    private static IEnumerable<FieldError> Pay(JobAdvert job)
    {
        if (job.Salary is not { } pay)
            yield break;
        if (Money.Read(pay.Min) <= 0)
            yield return Wrong("#/salary/min", "field.out_of_range", "须大于 0。", "Must be above 0.", ("min", "0"), ("exclusive", "true"));
        if (pay.Max is { } max && Money.Read(max) < Money.Read(pay.Min))
            yield return Wrong("#/salary/max", "field.out_of_range", "不得低于 min。", "Must not be below min.", ("min", pay.Min));
    }

    private static IEnumerable<FieldError> Lists(JobAdvert job)
    {
        if (job is { Fairs.Count: > 0, Edition: null })
            yield return Wrong("#/edition", "field.required", "报名招聘会须填写届次。", "Fairs need their edition.");
        foreach (var (code, i) in Indexed(job.Fairs).Where(fair => fair.Item.Length is 0 or > 64))
            yield return Wrong($"#/fairs/{i}", "field.too_long", "长度须为 1 至 64 个字符。", "Must have 1 to 64 characters.", ("min", "1"), ("max", "64"));
        foreach (var (skill, i) in Indexed(job.Skills).Where(skill => skill.Item.Length is 0 or > 100))
            yield return Wrong($"#/skills/{i}", "field.too_long", "长度须为 1 至 100 个字符。", "Must have 1 to 100 characters.", ("min", "1"), ("max", "100"));
        foreach (var (country, i) in Indexed(job.ApplicantCountries).Where(country => !Country().IsMatch(country.Item)))
            yield return Wrong($"#/applicantCountries/{i}", "field.invalid", "请填写两位国家代码，如 CN。", "Write the country as two capitals, such as CN.");
    }

    private static IEnumerable<(T Item, int Index)> Indexed<T>(IReadOnlyList<T>? items) => (items ?? []).Select((item, i) => (item, i));

    private static FieldError Wrong(string pointer, string code, string zh, string en, params (string Name, string Value)[] parameters) =>
        new(pointer, code, new Text(zh, en), parameters.Length > 0 ? parameters.ToDictionary(p => p.Name, p => p.Value) : null);

    // Numbers with a unit of pay: "30k", "1.5万", "¥20000", "14薪"; "C#9" or "5G" are none.
    [GeneratedRegex(@"[¥￥$€£]\s*[0-9]|[0-9]\s*([kK](?![A-Za-z])|千|万|元|薪|RMB|CNY|USD)")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex Country();
}
