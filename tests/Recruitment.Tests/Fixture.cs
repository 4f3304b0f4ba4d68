using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;

namespace Expo.Recruitment.Tests;

/// <summary>The four fairs of the 21st expo, as its plan describes them.</summary>
internal static class Fixture
{
    public static IReadOnlyDictionary<string, FairDefinition> Fairs { get; } = new Dictionary<string, FairDefinition>
    {
        ["foreign_professionals"] = Fair("外籍专业人才招聘会", "Foreign Professionals Job Fair", TalentAudience.ForeignProfessional) with
        {
            Organisers = [new(OrganiserRole.Host, "most_units"), new(OrganiserRole.Undertaker, "szciep_centre")],
            Extras =
            [
                new("guidance_content", new Text("来华就业法律法规与劳动关系政策宣传")), new("life_culture_services", new Text("生活、文化服务板块")),
                new("employer_showcase", new Text("企业文化与招聘需求展示（线上同步）")),
            ],
        },
        ["returnees"] = Fair("海归人才招聘会", "Returnees Job Fair", TalentAudience.Returnee) with
        {
            CandidateRule = new Text("全球Top500大学海归"),
            UniversityRank = new(500, null, null),
            EmployerRule = new Text("世界500强及各行业名企"),
            StudyRegions = new(true, [StudyRegion.Europe, StudyRegion.NorthAmerica, StudyRegion.HongKongMacaoTaiwan, StudyRegion.Japan, StudyRegion.SouthKorea]),
            Industries = new(true,
            [
                new(Industry.FinanceInvestment, new Text("金融投资")), new(Industry.Biomedicine, new Text("生物医药")), new(Industry.ItInternet, new Text("IT互联网")),
                new(Industry.ConstructionRealEstate, new Text("建筑地产")), new(Industry.HighEndServices, new Text("高端服务业")), new(Industry.Security, new Text("安防")),
                new(Industry.EducationResearch, new Text("教育科研")), new(Industry.CultureMedia, new Text("文化传媒")),
            ]),
            Organisers = [new(OrganiserRole.Lead, "shenzhen_hrss"), new(OrganiserRole.Undertaker, "shenzhen_returnees_association")],
        },
        ["elite"] = Fair("“精英天下”中高级人才招聘会", "Elite Mid-to-Senior Job Fair", TalentAudience.MidSenior) with
        {
            MinAnnualSalary = new(new Money("200000", "CNY"), SalaryOperator.Above, PayEnd.Min),
            Areas = new(true,
            [
                new(FairArea.PublicInstitution, new Text("事业单位")), new(FairArea.Soe, new Text("国企")), new(FairArea.RegionalGroup, new Text("各区域组团")),
                new(FairArea.Industry, new Text("行业")),
            ]),
            Services = new(true, [new Text("线上招聘"), new Text("视频面试"), new Text("直播带岗")]),
            Organisers = [new(OrganiserRole.Lead, "shenzhen_hrss"), new(OrganiserRole.Undertaker, "shenzhen_talent_service")],
        },
        ["zhihui_global"] = Fair("“智汇全球”招聘会", "Global Talent Job Fair", TalentAudience.Graduate, TalentAudience.MidSenior, TalentAudience.Overseas) with
        {
            Slogan = new Text("筑巢引凤·固巢留凤"),
            Formats = [new(FairFormat.OnlineZone, null), new(FairFormat.OnsiteSession, ["44"])],
            Organisers = [new(OrganiserRole.Lead, "shenzhen_hrss"), new(OrganiserRole.Undertaker, "zhilian")],
        },
    };

    private static FairDefinition Fair(string zh, string en, params TalentAudience[] audiences) =>
        new(new Text(zh, en), null, audiences, null, null, null, null, null, null, null, null, null, null, null);
}
