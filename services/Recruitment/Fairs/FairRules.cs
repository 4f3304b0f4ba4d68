using System.Globalization;
using System.Text.RegularExpressions;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Fairs;

/// <summary>The rules of a fair's definition that look into its lists.</summary>
internal static partial class FairRules
{
    private const int MaxText = 200;

    /// <summary>Everything that is wrong.</summary>
    public static IReadOnlyList<FieldError> Check(FairDefinition fair) => [.. Lists(fair), .. Texts(fair), .. Provinces(fair)];

    // A closed list without members would shut out everybody, which nobody means.
    private static IEnumerable<FieldError> Lists(FairDefinition fair)
    {
        if (fair.Industries is { OpenEnded: false, Items.Count: 0 })
            yield return Wrong("#/industries/items", "field.required", "封闭的列表须至少有一项。", "A closed list needs a member.");
        if (fair.Areas is { OpenEnded: false, Items.Count: 0 })
            yield return Wrong("#/areas/items", "field.required", "封闭的列表须至少有一项。", "A closed list needs a member.");
        if (fair.MinAnnualSalary is { } rule && Money.Read(rule.Threshold.Amount) <= 0)
            yield return Wrong("#/minAnnualSalary/threshold/amount", "field.out_of_range", "须大于 0。", "Must be above 0.");
    }

    private static IEnumerable<FieldError> Texts(FairDefinition fair) =>
        from service in (fair.Services?.Items ?? []).Select((text, i) => (Text: text, Index: i))
        where string.IsNullOrWhiteSpace(service.Text.Zh) || service.Text.Languages.Values.Any(text => new StringInfo(text).LengthInTextElements > MaxText)
        select Wrong($"#/services/items/{service.Index}", "field.too_long", $"须有中文，且不超过 {MaxText} 个字符。", $"Needs Chinese, and at most {MaxText} characters.");

    private static IEnumerable<FieldError> Provinces(FairDefinition fair) =>
        from format in (fair.Formats ?? []).Select((item, i) => (Item: item, Index: i))
        from province in (format.Item.Provinces ?? []).Select((code, i) => (Code: code, Index: i))
        where !Province().IsMatch(province.Code)
        select Wrong(
            $"#/formats/{format.Index}/provinces/{province.Index}", "field.invalid", "请填写两位行政区划代码，如 44。", "Write the province as two digits, such as 44.");

    private static FieldError Wrong(string pointer, string code, string zh, string en) => new(pointer, code, new Text(zh, en), null);

    [GeneratedRegex(@"\A[1-9][0-9]\z")]
    private static partial Regex Province();
}
