using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Jobs;
using static Expo.Recruitment.Tests.Samples;

namespace Expo.Recruitment.Tests.Jobs;

public sealed class JobRulesSpecs
{
    private static readonly Dictionary<string, JobAdvert> Wrong = new()
    {
        ["#/title field.too_short"] = Advert() with { Title = new Text("工") },
        ["#/title title.has_pay"] = Advert() with { Title = new Text("工程师 月薪30k", "Engineer") },
        ["#/descriptionHtml/zh html.not_allowed"] = Advert() with { DescriptionHtml = new Text("<p>好</p><script>alert(1)</script>") },
        ["#/descriptionHtml/en html.not_allowed"] = Advert() with { DescriptionHtml = new Text("好", "<p onclick=\"x()\">Good</p>") },
        ["#/descriptionHtml field.too_long"] = Advert() with { DescriptionHtml = new Text([.. Enumerable.Range(0, 21).Select(i => KeyValuePair.Create($"x{i}", "x"))], []) },
        ["#/descriptionHtml/zh field.required"] = Advert() with { DescriptionHtml = new Text("<p> </p>") },
        ["#/validThrough date.in_past"] = Advert() with { ValidThrough = Noon },
        ["#/validThrough date.too_late"] = Advert() with { ValidThrough = Noon.AddDays(91) },
        ["#/locations field.required"] = Advert() with { Locations = [] },
        ["#/applicantCountries field.required"] = Advert() with { Remote = true },
        ["#/applicantCountries/1 field.invalid"] = Advert() with { Remote = true, ApplicantCountries = ["DE", "China"] },
        ["#/locations/0/province field.required"] = Advert() with { Locations = [new("CN", null, null, null)] },
        ["#/locations/0/province location.not_mainland"] = Advert() with { Locations = [new("DE", "44", null, null)] },
        ["#/locations/0/city location.city_elsewhere"] = Advert() with { Locations = [new("CN", "44", "110000", null)] },
        ["#/salary/min field.out_of_range"] = Advert() with { Salary = Pay("0.00") },
        ["#/salary/max field.out_of_range"] = Advert() with { Salary = new("2", "1.99", "CNY", "YEAR", null) },
        ["#/edition field.required"] = Advert() with { Fairs = ["elite"] },
        ["#/fairs/0 field.too_long"] = Advert() with { Edition = Edition, Fairs = [""] },
        ["#/skills/0 field.too_long"] = Advert() with { Skills = [new string('x', 101)] },
    };

    public static TheoryData<string> Faults { get; } = [.. Wrong.Keys];

    [Fact, Requirement("J-13")]
    public void A_whole_job_has_nothing_wrong() => Assert.Empty(JobRules.Check(Advert(), null, Noon));

    [Theory, MemberData(nameof(Faults)), Requirement("J-13")]
    public void A_wrong_member_is_named_with_what_is_wrong(string fault) =>
        Assert.Equal([fault], JobRules.Check(Wrong[fault], null, Noon).Select(error => $"{error.Pointer} {error.Code}"));

    [Fact, Requirement("J-13")]
    public void A_remote_job_needs_no_place() =>
        Assert.Empty(JobRules.Check(Advert() with { Remote = true, Locations = null, ApplicantCountries = ["CN", "DE"] }, null, Noon));

    [Theory, Requirement("J-13")]
    [InlineData("C#9 工程师")]
    [InlineData("5G 研究员")]
    [InlineData("Top500 顾问 (2 positions)")]
    public void A_number_alone_is_no_pay(string title) => Assert.Empty(JobRules.Check(Advert() with { Title = new Text(title) }, null, Noon));

    [Theory, Requirement("J-13")]
    [InlineData("<p>a<br>b</p><ul><li>c</li></ul>", null)]
    [InlineData("no tags & no harm", null)]
    [InlineData("<!-- hidden -->", "#comment")]
    [InlineData("<a href=\"https://expo.example\">x</a>", "a")]
    [InlineData("<img src=x onerror=alert(1)>", "img")]
    [InlineData("<p style=\"color:red\">x</p>", "p@style")]
    [InlineData("<svg><p>x</p></svg>", "svg")]
    [InlineData("<math><mtext></mtext></math>", "math")]
    [InlineData("<iframe></iframe>", "iframe")]
    [InlineData("<scr<script>ipt>", "scr<script")]
    public void Only_a_few_tags_without_attributes_are_allowed(string html, string? forbidden) => Assert.Equal(forbidden, JobHtml.FirstForbidden(html));

    [Fact, Requirement("J-13")]
    public void Deep_nesting_is_refused_and_costs_little() =>
        Assert.Equal("nesting", JobHtml.FirstForbidden(string.Concat(Enumerable.Repeat("<b>", 6000)) + "x"));

    [Fact, Requirement("J-13")]
    public void What_is_allowed_is_kept_as_a_browser_reads_it() =>
        Assert.Equal("<p>a &amp; b</p><p>c<br></p>", JobHtml.Clean("<p>a & b<p>c<br/>"));
}
