using Expo.Contracts.Registration;
using Expo.Recruitment.Fairs;
using Expo.Recruitment.Jobs;
using Expo.TestKit;
using static Expo.Recruitment.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests.Jobs;

[Trait("needs", "postgres")]
public sealed class PublicJobsApiTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact, Requirement("J-13")]
    public async Task A_page_shows_the_job_its_employer_and_its_markup()
    {
        var edition = await market.Edition();
        var hired = await market.Hired();
        var posted = (await hired.Client.Put($"{PartnerJobs}/AG-1", Samples.Advert() with { Edition = edition, Fairs = ["elite", "nothing"] })).Read<PostedJob>();
        Assert.Equal([FairEntryState.Accepted, FairEntryState.Refused], posted.Fairs.Select(fair => fair.State));

        var answer = (await market.Visitor.Get($"{PublicJobs}/{posted.JobId}", "en")).Is(OK);
        var page = answer.Read<JobPage>();
        Assert.Equal((JobStatus.Published, hired.EmployerId, "Example Ltd"), (page.State, page.Employer.OrganisationId, page.Employer.Name!.En));
        Assert.Equal([new ShownFair(edition, "elite")], page.Fairs);
        Assert.Equal(new("360000", "CNY"), page.AnnualMin);
        Assert.DoesNotContain("EMP-77", answer.Text, StringComparison.Ordinal);
        var markup = answer.Json.GetProperty("structuredData");
        Assert.Equal("JobPosting", markup.GetProperty("@type").GetString());
        Assert.Equal("Senior engineer", markup.GetProperty("title").GetString());
        Assert.Equal("Example Ltd", markup.GetProperty("hiringOrganization").GetProperty("name").GetString());
        Assert.Equal("Shenzhen", markup.GetProperty("jobLocation")[0].GetProperty("address").GetProperty("addressLocality").GetString());
        Assert.Equal(30000, markup.GetProperty("baseSalary").GetProperty("value").GetProperty("minValue").GetDecimal());
        Assert.Equal(page.PublishedAt, markup.GetProperty("datePosted").GetDateTimeOffset());
        Assert.Equal("postgraduate degree", markup.GetProperty("educationRequirements").GetProperty("credentialCategory").GetString());
    }

    [Fact, Requirement("J-13")]
    public async Task A_confidential_employer_is_neither_named_nor_found_nor_marked_up()
    {
        var hired = await market.Hired();
        var secret = (await hired.Client.Put($"{PartnerJobs}/AG-1", Samples.Advert() with { ConfidentialEmployer = true })).Read<PostedJob>();
        var answer = (await market.Visitor.Get($"{PublicJobs}/{secret.JobId}")).Is(OK);
        Assert.Equal(new ShownEmployer(null, new("保密", "Confidential"), true), answer.Read<JobPage>().Employer);
        Assert.Null(answer.Read<JobPage>().StructuredData);
        Assert.DoesNotContain(hired.EmployerId.ToString(), answer.Text, StringComparison.Ordinal);
        Assert.Empty((await market.Visitor.Get($"{PublicJobs}?employer={hired.EmployerId}")).Read<Page<ListedJob>>().Items);
    }

    [Fact, Requirement("J-06", "J-13")]
    public async Task The_list_is_filtered_and_paged_the_newest_first()
    {
        var hired = await market.Hired();
        foreach (var (id, job) in new (string, JobAdvert)[]
                 {
                     ("1", Samples.Advert()), ("2", Samples.Advert() with { Industry = Industry.Biomedicine }),
                     ("3", Samples.Advert() with { Locations = [new("CN", "11", null, null), new("DE", null, null, null)] }),
                 })
        {
            (await hired.Client.Put($"{PartnerJobs}/{id}", job)).Is(Created);
            market.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["3", "2", "1"], await Found(""));
        Assert.Equal(["2"], await Found("&industry=biomedicine"));
        Assert.Equal(["3"], await Found("&province=11"));
        Assert.Equal(["2", "1"], await Found("&province=44"));
        Assert.Empty(await Found("&province=44&industry=security"));
        var first = (await market.Visitor.Get($"{PublicJobs}?limit=2&employer={hired.EmployerId}")).Read<Page<ListedJob>>();
        var rest = (await market.Visitor.Get($"{PublicJobs}?cursor={Uri.EscapeDataString(first.NextCursor!)}")).Is(OK).Read<Page<ListedJob>>();
        Assert.Equal((JobPosting.IdOf(hired.AgencyId, "1"), null), (Assert.Single(rest.Items).Id, rest.NextCursor));
        (await market.Visitor.Get($"{PublicJobs}?industry=circus")).IsRefused(UnprocessableEntity, "validation");
        (await market.Visitor.Get($"{PublicJobs}?province=guangdong")).IsRefused(UnprocessableEntity, "validation");
        (await market.Visitor.Get($"{PublicJobs}?employer=acme")).IsRefused(BadRequest, "request.malformed");
        (await market.Visitor.Get($"{PublicJobs}/{Guid.CreateVersion7()}")).IsRefused(NotFound, "job.unknown");

        async Task<IEnumerable<string>> Found(string filter) =>
            (await market.Visitor.Get($"{PublicJobs}?employer={hired.EmployerId}{filter}")).Is(OK).Read<Page<ListedJob>>().Items
            .Select(job => ((string[])["1", "2", "3"]).Single(id => JobPosting.IdOf(hired.AgencyId, id) == job.Id));
    }

    [Fact, Requirement("J-13")]
    public async Task A_closed_job_leaves_the_lists_and_loses_its_markup()
    {
        var edition = await market.Edition();
        var hired = await market.Hired();
        var job = (await hired.Client.Put($"{PartnerJobs}/AG-1", Samples.Advert("30000") with { Edition = edition })).Read<PostedJob>();
        Assert.Single((await market.Visitor.Get($"{FairAt(edition, "elite")}/jobs")).Read<Page<ListedJob>>().Items);
        (await hired.Client.Post($"{PartnerJobs}/AG-1:close", """{"reason":"filled"}""", Http.NewKey())).Is(NoContent);

        var page = (await market.Visitor.Get($"{PublicJobs}/{job.JobId}")).Is(OK).Read<JobPage>();
        Assert.Equal((JobStatus.Closed, true), (page.State, page.StructuredData is null));
        Assert.Empty((await market.Visitor.Get($"{PublicJobs}?employer={hired.EmployerId}")).Read<Page<ListedJob>>().Items);
        Assert.Empty((await market.Visitor.Get($"{FairAt(edition, "elite")}/jobs")).Read<Page<ListedJob>>().Items);
    }

    [Fact, Requirement("J-13")]
    public async Task A_job_does_not_outlast_its_edition_online()
    {
        var edition = await market.Edition(new EditionDeadline("online_end", new(2023, 4, 19), "hard"));
        var hired = await market.Hired();
        var answer = (await hired.Client.Put($"{PartnerJobs}/AG-1", Samples.Advert() with { Edition = edition })).IsRefused(UnprocessableEntity, "validation");
        Assert.Equal("date.after_edition", answer.Json.GetProperty("errors")[0].GetProperty("code").GetString());
        (await hired.Client.Put($"{PartnerJobs}/AG-1", Samples.Advert() with { Edition = edition, ValidThrough = Samples.End.AddDays(-1) })).Is(Created);
    }
}
