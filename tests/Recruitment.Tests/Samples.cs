using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;
using Expo.Recruitment.Fairs;
using Expo.Recruitment.Jobs;

namespace Expo.Recruitment.Tests;

/// <summary>An employer, its agency, and a job that every fair would take.</summary>
internal static class Samples
{
    public const string Edition = "ciep_2023";
    public static readonly DateTimeOffset Noon = new(2023, 3, 1, 4, 0, 0, TimeSpan.Zero); // 12:00 in Shanghai
    public static readonly DateTimeOffset End = new(2023, 4, 20, 16, 0, 0, TimeSpan.Zero);

    public static readonly Guid Acme = Guid.CreateVersion7(), Agency = Guid.CreateVersion7();
    public static readonly Guid Relationship = HirerRelationship.IdOf(Acme, Agency);
    public static readonly Guid JobA = JobPosting.IdOf(Agency, "AG-1001");

    public static readonly FairDefinition Elite = Fixture.Fairs["elite"];
    public static readonly RequestedFair EliteAsked = new(JobFair.IdOf(Edition, "elite"), Edition, "elite", Elite);
    public static readonly FairEntry InElite = new(EliteAsked.FairId, Edition, "elite", FairEntryState.Accepted, null);

    public static readonly AgencyApproved Approved = new(Relationship, Acme, Agency, [HrAgencyKind.Headhunter]);
    public static readonly AgencyRevoked Revoked = new(Relationship, Acme, Agency);

    public static readonly JobPosted Posted = new(JobA, Agency, "AG-1001", Acme, Advert("30000"), [InElite], Noon);
    public static readonly JobClosed Closed = new(JobA, CloseReason.Filled);
    public static readonly JobExpired Expired = new(JobA, End);

    public static Salary Pay(string min, string period = "MONTH", int? months = null, string currency = "CNY") => new(min, null, currency, period, months);

    public static JobAdvert Advert(string min, string period = "MONTH", int? months = null, string currency = "CNY") =>
        Advert() with { Salary = Pay(min, period, months, currency), Edition = Edition, Fairs = ["elite"] };

    public static JobAdvert Advert() => new(
        "EMP-77", null, null, new Text("高级工程师", "Senior engineer"), new Text("<p>研发<strong>新能源</strong>系统。</p>", "<p>Build new energy systems.</p>"), End,
        "FULL_TIME", false, [new JobLocation("CN", "44", "440300", new Text("深圳", "Shenzhen"))], false, null, Pay("30000"), 3, Industry.ItInternet,
        new OccupationCode("isco", "2144"), Education.Master, 36, ["C#", "PostgreSQL"], new Text("设计系统"), null, new Text("补充医疗"), null, true, null, true, null,
        new DateOnly(2023, 5, 1), false, [TalentAudience.MidSenior], FairArea.Industry, false);
}
