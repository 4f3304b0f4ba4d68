using Expo.Recruitment.Jobs;
using Expo.TestKit;
using static Expo.Recruitment.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests.Jobs;

[Trait("needs", "postgres")]
public sealed class JobExpiryTests(Market market) : IClassFixture<Market>
{
    [Fact, Requirement("J-13")]
    public async Task A_job_expires_on_its_own_also_in_a_service_that_was_started_again()
    {
        var hired = await market.Hired();
        (await hired.Client.Put($"{PartnerJobs}/LONG", Samples.Advert())).Is(Created);
        var job = (await hired.Client.Put($"{PartnerJobs}/SHORT", Samples.Advert() with { ValidThrough = Samples.Noon.AddHours(1) })).Is(Created).Read<PostedJob>();

        var again = new ManualClock(Samples.Noon.AddHours(1));
        await using var second = await ServiceApp<JobPosting>.StartAsync(new ServiceSetup { Database = market.App.Database, Clock = again });
        await Eventually.Is(async () => (await second.Client().Get($"{PublicJobs}/{job.JobId}")).Read<JobPage>().State, state => state == JobStatus.Expired);
        var page = (await market.Visitor.Get($"{PublicJobs}/{job.JobId}")).Is(OK).Read<JobPage>();
        Assert.Null(page.StructuredData);
        var open = Assert.Single((await market.Visitor.Get($"{PublicJobs}?employer={hired.EmployerId}")).Read<Page<ListedJob>>().Items);
        Assert.Equal(JobPosting.IdOf(hired.AgencyId, "LONG"), open.Id);
    }
}
