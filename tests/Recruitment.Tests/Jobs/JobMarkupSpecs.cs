using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Jobs;
using static Expo.Recruitment.Tests.Samples;

namespace Expo.Recruitment.Tests.Jobs;

public sealed class JobMarkupSpecs
{
    private static readonly JobPosting Job = new JobPosting().Evolve(Posted);

    [Fact, Requirement("J-13")]
    public void The_markup_has_what_search_engines_require()
    {
        var markup = Markup(Job.Advert!);
        foreach (var name in (string[])["@context", "@type", "title", "description", "datePosted", "validThrough", "hiringOrganization", "jobLocation", "identifier"])
            Assert.NotNull(markup[name]);
        Assert.Equal("高级工程师", (string?)markup["title"]);
        Assert.Equal("AG-1001", (string?)markup["identifier"]!["value"]);
        Assert.Equal(36, (int?)markup["experienceRequirements"]!["monthsOfExperience"]);
        Assert.Equal("it_internet", (string?)markup["industry"]);
    }

    [Fact, Requirement("J-13")]
    public void A_remote_job_says_from_where_one_may_apply()
    {
        var markup = Markup(Job.Advert! with { Remote = true, Locations = null, ApplicantCountries = ["CN", "DE"] });
        Assert.Equal("TELECOMMUTE", (string?)markup["jobLocationType"]);
        Assert.Equal("DE", (string?)markup["applicantLocationRequirements"]![1]!["name"]);
        Assert.Null(markup["jobLocation"]);
    }

    [Fact, Requirement("J-13")]
    public void What_a_job_does_not_say_is_not_in_its_markup()
    {
        var markup = Markup(Job.Advert! with { Salary = null, Education = null, Skills = null, Openings = null, StartDate = null, OccupationCode = null });
        foreach (var name in (string[])["baseSalary", "educationRequirements", "skills", "totalJobOpenings", "jobStartDate", "occupationalCategory", "url"])
            Assert.False(markup.ContainsKey(name));
    }

    private static System.Text.Json.Nodes.JsonObject Markup(JobAdvert advert) =>
        JobMarkup.Of(Job with { Advert = advert }, new Text("示例单位", "Example Ltd"), new Text("示例机构"), "zh");
}
