using Expo.Recruitment.Jobs;
using Expo.TestKit;
using static Expo.Recruitment.Tests.Market;
using static System.Net.HttpStatusCode;

namespace Expo.Recruitment.Tests.Jobs;

[Trait("needs", "postgres")]
public sealed class PartnerJobsApiTests(SharedMarket shared)
{
    private readonly Market market = shared.Market;

    [Fact, Requirement("J-03", "J-15")]
    public async Task The_elite_fair_shows_what_pays_more_than_its_threshold_and_the_site_shows_all()
    {
        var edition = await market.Edition();
        var hired = await market.Hired();
        var refused = (await Put("EXACT", Samples.Advert("200000", "YEAR"))).Is(Created);
        var above = (await Put("ABOVE", Samples.Advert("200001", "YEAR"))).Is(Created).Read<PostedJob>();
        var months = (await Put("MONTHS", Samples.Advert("14300", "MONTH", 14))).Is(Created).Read<PostedJob>();

        var answer = refused.Read<PostedJob>();
        Assert.Equal(("EXACT", PostOutcome.Created, 1L, 1L, false), (answer.ExternalId, answer.Outcome, answer.Version, refused.Version!.Value, answer.DryRun));
        Assert.Equal("/api/recruitment/v1/partner/jobs/EXACT", refused.Headers.Location!.ToString());
        Assert.Equal("not_required", refused.Json.GetProperty("moderation").GetString());
        var entry = refused.Json.GetProperty("fairs")[0];
        Assert.Equal(("elite", "refused", edition), (entry.GetProperty("code").GetString(), entry.GetProperty("state").GetString(), entry.GetProperty("edition").GetString()));
        Assert.Equal("fair.salary_below_floor", entry.GetProperty("refusal").GetProperty("code").GetString());
        Assert.Equal("200000", entry.GetProperty("refusal").GetProperty("params").GetProperty("floor").GetString());
        Assert.Equal(FairEntryState.Accepted, Assert.Single(above.Fairs).State);

        var inFair = (await market.Visitor.Get($"{FairAt(edition, "elite")}/jobs")).Is(OK).Read<Page<ListedJob>>().Items;
        Assert.Equal(new[] { above.JobId, months.JobId }.Order(), inFair.Select(job => job.Id).Order());
        var onSite = (await market.Visitor.Get($"{PublicJobs}?employer={hired.EmployerId}")).Is(OK).Read<Page<ListedJob>>().Items;
        Assert.Equal(new[] { above.JobId, months.JobId, answer.JobId }.Order(), onSite.Select(job => job.Id).Order());
        var readBack = (await hired.Client.Get($"{PartnerJobs}/MONTHS")).Is(OK).Read<PartnerJob>();
        Assert.Equal(new("200200", "CNY"), readBack.AnnualMin);

        Task<Answer> Put(string id, JobAdvert job) => hired.Client.Put($"{PartnerJobs}/{id}", job with { Edition = edition });
    }

    [Fact, Requirement("J-13")]
    public async Task The_same_put_again_changes_nothing_and_another_updates()
    {
        var hired = await market.Hired();
        var job = $"{PartnerJobs}/AG-1001";
        (await hired.Client.Put(job, Samples.Advert())).Is(Created);
        var again = (await hired.Client.Put(job, Samples.Advert())).Is(OK);
        Assert.Equal((PostOutcome.Unchanged, 1L, 1L), (again.Read<PostedJob>().Outcome, again.Read<PostedJob>().Version, again.Version!.Value));
        var other = (await hired.Client.Put(job, Samples.Advert() with { Openings = 9 }, ifMatch: 1)).Is(OK);
        Assert.Equal((PostOutcome.Updated, 2L, 2L), (other.Read<PostedJob>().Outcome, other.Read<PostedJob>().Version, other.Version!.Value));
        (await hired.Client.Put(job, Samples.Advert(), ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
        (await hired.Client.Put($"{PartnerJobs}/AG-1002", Samples.Advert(), ifMatch: 1)).IsRefused(PreconditionFailed, "version.stale");
        var read = (await hired.Client.Get(job)).Is(OK);
        Assert.Equal((9, 2L), (read.Read<PartnerJob>().Job.Openings, read.Version!.Value));
    }

    [Fact, Requirement("J-13")]
    public async Task A_repeated_key_gets_the_same_answer_even_after_the_job_has_changed()
    {
        var hired = await market.Hired();
        var (job, key) = ($"{PartnerJobs}/AG-1001", Http.NewKey());
        var first = (await hired.Client.Put(job, Samples.Advert(), key)).Is(Created);
        (await hired.Client.Put(job, Samples.Advert() with { Openings = 9 })).Is(OK);
        var replay = (await hired.Client.Put(job, Samples.Advert(), key)).Is(Created);
        Assert.True(replay.Replayed);
        Assert.Equal((first.Text, first.Version), (replay.Text, replay.Version));
        (await hired.Client.Put(job, Samples.Advert() with { Openings = 1 }, key)).IsRefused(UnprocessableEntity, "idempotency.key_reused");
        Assert.Equal(9, (await hired.Client.Get(job)).Read<PartnerJob>().Job.Openings);
    }

    [Fact, Requirement("J-13")]
    public async Task Ten_puts_at_once_make_one_job()
    {
        var hired = await market.Hired();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hired.Client.Put($"{PartnerJobs}/RACE", Samples.Advert())));
        Assert.Single(answers, answer => answer.Status == Created);
        Assert.Equal(9, answers.Count(answer => answer.Status == OK && answer.Read<PostedJob>().Outcome == PostOutcome.Unchanged));
    }

    [Fact, Requirement("J-03", "J-13")]
    public async Task A_dry_run_says_what_would_come_of_it_and_writes_nothing()
    {
        var edition = await market.Edition();
        var hired = await market.Hired();
        var dry = (await hired.Client.Put($"{PartnerJobs}/DRY?dryRun=true", Samples.Advert("200000", "YEAR") with { Edition = edition })).Is(OK).Read<PostedJob>();
        Assert.Equal((PostOutcome.Created, 0L, true, "fair.salary_below_floor"), (dry.Outcome, dry.Version, dry.DryRun, Assert.Single(dry.Fairs).Refusal!.Code));
        (await hired.Client.Get($"{PartnerJobs}/DRY")).IsRefused(NotFound, "job.unknown");
        (await hired.Client.Put($"{PartnerJobs}/DRY?dryRun=true", Samples.Advert() with { EmployerRef = "NONE" })).IsRefused(NotFound, "employer.unknown");

        (await hired.Client.Put($"{PartnerJobs}/DRY", Samples.Advert())).Is(Created);
        (await hired.Client.Post($"{PartnerJobs}/DRY:close?dryRun=true", """{"reason":"filled"}""", Http.NewKey())).Is(NoContent);
        Assert.Equal(JobStatus.Published, (await hired.Client.Get($"{PartnerJobs}/DRY")).Read<PartnerJob>().State);
        (await hired.Client.Post($"{PartnerJobs}/NONE:close?dryRun=true", """{"reason":"filled"}""", Http.NewKey())).IsRefused(NotFound, "job.unknown");
        (await hired.Client.Put($"{PartnerJobs}/DRY?dryRun=perhaps", Samples.Advert())).IsRefused(BadRequest, "request.malformed");
    }

    [Fact, Requirement("J-13")]
    public async Task A_job_is_closed_with_a_reason_and_a_key()
    {
        var hired = await market.Hired();
        var (job, key) = ($"{PartnerJobs}/AG-1001", Http.NewKey());
        (await hired.Client.Put(job, Samples.Advert())).Is(Created);
        (await hired.Client.Post($"{job}:close", """{"reason":"filled"}""")).IsRefused(BadRequest, "idempotency.key_required");
        (await hired.Client.Post($"{job}:close", """{"reason":"bored"}""", key)).IsRefused(UnprocessableEntity, "validation");
        (await hired.Client.Post($"{job}:close", """{"reason":"filled"}""", key)).Is(NoContent);
        Assert.True((await hired.Client.Post($"{job}:close", """{"reason":"filled"}""", key)).Is(NoContent).Replayed);
        (await hired.Client.Post($"{job}:close", """{"reason":"other"}""", Http.NewKey())).IsRefused(Conflict, "job.closed");
        (await hired.Client.Post($"{PartnerJobs}/NONE:close", """{"reason":"filled"}""", Http.NewKey())).IsRefused(NotFound, "job.unknown");
        var closed = (await hired.Client.Get(job)).Read<PartnerJob>();
        Assert.Equal((JobStatus.Closed, CloseReason.Filled), (closed.State, closed.CloseReason));

        Assert.Equal(PostOutcome.Updated, (await hired.Client.Put(job, Samples.Advert())).Is(OK).Read<PostedJob>().Outcome);
        Assert.Equal(JobStatus.Published, (await hired.Client.Get(job)).Read<PartnerJob>().State);
        var history = (await hired.Employer.Get($"{Root}/jobs/{closed.JobId}/history")).Is(OK);
        Assert.Equal(["job_posted", "job_closed", "job_reopened"], history.Json.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("event").GetString()));
        (await (await market.Hired()).Employer.Get($"{Root}/jobs/{closed.JobId}/history")).IsRefused(NotFound, "job.unknown");
    }

    [Fact, Requirement("J-15")]
    public async Task An_agency_sees_only_its_own_jobs()
    {
        var (one, other) = (await market.Hired(), await market.Hired());
        foreach (var id in (string[])["B-2", "A-1", "a-3"])
            (await one.Client.Put($"{PartnerJobs}/{id}", Samples.Advert())).Is(Created);
        (await other.Client.Get($"{PartnerJobs}/A-1")).IsRefused(NotFound, "job.unknown");
        (await other.Client.Post($"{PartnerJobs}/A-1:close", """{"reason":"filled"}""", Http.NewKey())).IsRefused(NotFound, "job.unknown");
        Assert.Empty((await other.Client.Get(PartnerJobs)).Is(OK).Read<Page<PartnerJob>>().Items);
        (await other.Client.Put($"{PartnerJobs}/A-1", Samples.Advert())).Is(Created);

        (await one.Client.Post($"{PartnerJobs}/B-2:close", """{"reason":"filled"}""", Http.NewKey())).Is(NoContent);
        var first = (await one.Client.Get($"{PartnerJobs}?limit=2")).Read<Page<PartnerJob>>();
        Assert.Equal(["A-1", "B-2"], first.Items.Select(job => job.ExternalId));
        Assert.Equal(["a-3"], (await one.Client.Get($"{PartnerJobs}?cursor={Uri.EscapeDataString(first.NextCursor!)}")).Read<Page<PartnerJob>>().Items.Select(job => job.ExternalId));
        Assert.Equal(["B-2"], (await one.Client.Get($"{PartnerJobs}?state=closed")).Read<Page<PartnerJob>>().Items.Select(job => job.ExternalId));
    }

    [Fact, Requirement("J-15")]
    public async Task A_job_that_another_agency_has_posted_for_the_employer_is_posted_with_a_warning()
    {
        var one = await market.Hired();
        var agency = (await market.App.KnowOrganisation("hr_agency")).OrganisationId!.Value;
        var other = market.App.Client(TestCaller.Program(agency, "jobs:write jobs:read"));
        (await one.Employer.Put($"{Root}/employers/me/agencies/{agency}", "{}")).Is(NoContent);
        (await other.Put($"{Root}/partner/employers/E-1", new { organisationId = one.EmployerId })).Is(NoContent);

        var first = (await one.Client.Put($"{PartnerJobs}/A", Samples.Advert())).Is(Created).Read<PostedJob>();
        Assert.Empty(first.Warnings);
        var twin = Samples.Advert() with { EmployerRef = "E-1", Title = new("高级工程师（深圳）") };
        var warning = Assert.Single((await other.Put($"{PartnerJobs}/A", twin)).Is(Created).Read<PostedJob>().Warnings);
        Assert.Equal(("job.possible_duplicate", first.JobId.ToString()), (warning.Code, warning.Params["jobId"]));
        Assert.Empty((await other.Put($"{PartnerJobs}/B", twin with { Title = new("会计") })).Is(Created).Read<PostedJob>().Warnings);
        Assert.Empty((await one.Client.Put($"{PartnerJobs}/C", Samples.Advert() with { Title = new("测试工程师") })).Is(Created).Read<PostedJob>().Warnings);
    }

    [Fact]
    public async Task Each_job_that_is_put_or_closed_is_a_record_of_the_clients_budget()
    {
        var hired = await market.Hired();
        Assert.Equal("23999", Left(await hired.Client.Put($"{PartnerJobs}/A", Samples.Advert())));
        Assert.Equal("23998", Left(await hired.Client.Post($"{PartnerJobs}/A:close", """{"reason":"filled"}""", Http.NewKey())));

        static string Left(Answer answer) => Assert.Single(answer.Headers.GetValues("RateLimit")).Split("r=")[1].Split(';')[0];
    }

    [Fact, Requirement("J-15")]
    public async Task A_client_needs_the_scope_and_people_have_none()
    {
        var hired = await market.Hired();
        var reader = market.App.Client(TestCaller.Program(hired.AgencyId, "jobs:read"));
        (await reader.Put($"{PartnerJobs}/A-1", Samples.Advert())).Is(Forbidden);
        (await reader.Post($"{PartnerJobs}/A-1:close", """{"reason":"filled"}""", Http.NewKey())).Is(Forbidden);
        (await reader.Get(PartnerJobs)).Is(OK);
        (await market.App.Client(TestCaller.Program(hired.AgencyId, "jobs:write")).Get($"{PartnerJobs}/A-1")).Is(Forbidden);
        (await hired.Employer.Put($"{PartnerJobs}/A-1", Samples.Advert())).Is(Forbidden);
        (await market.Visitor.Put($"{PartnerJobs}/A-1", Samples.Advert())).Is(Unauthorized);
    }

    [Theory, Requirement("J-13")]
    [InlineData("employerRef", "null", "#/employerRef", "field.required")]
    [InlineData("title", "null", "#/title", "field.required")]
    [InlineData("title", """{"en":"Only English"}""", "#/title", "field.too_long")]
    [InlineData("validThrough", "null", "#/validThrough", "field.required")]
    [InlineData("validThrough", "\"2023-03-01T04:00:00Z\"", "#/validThrough", "date.in_past")]
    [InlineData("employmentType", "\"full_time\"", "#/employmentType", "field.unknown_code")]
    [InlineData("industry", "\"circus\"", "#/industry", "field.unknown_code")]
    [InlineData("industry", "null", "#/industry", "field.required")]
    [InlineData("openings", "0", "#/openings", "field.out_of_range")]
    [InlineData("salary", """{"min":"0","currency":"CNY","period":"MONTH"}""", "#/salary/min", "field.out_of_range")]
    [InlineData("salary", """{"min":"9","currency":"CNY","period":"MONTH","monthsPerYear":25}""", "#/salary/monthsPerYear", "field.out_of_range")]
    [InlineData("salary", """{"min":"1e9","currency":"CNY","period":"MONTH"}""", "#/salary/min", "field.invalid")]
    [InlineData("salary", """{"min":"9","currency":"CNY","period":"FORTNIGHT"}""", "#/salary/period", "field.unknown_code")]
    [InlineData("locations", """[{"country":"CN","province":"4"}]""", "#/locations/0/province", "field.invalid")]
    [InlineData("locations", "[null]", "#/locations", "field.required")]
    [InlineData("experienceMonths", "-1", "#/experienceMonths", "field.out_of_range")]
    [InlineData("applyUrl", "\"javascript:alert(1)\"", "#/applyUrl", "field.invalid")]
    [InlineData("edition", "\"nowhere\"", "#/edition", "edition.unknown")]
    [InlineData("descriptionHtml", """{"zh":"<img src=x>"}""", "#/descriptionHtml/zh", "html.not_allowed")]
    public async Task A_field_of_a_job_is_named_with_what_is_wrong(string member, string value, string pointer, string code)
    {
        var hired = await market.Hired();
        var answer = (await hired.Client.Put($"{PartnerJobs}/BAD", Body(Samples.Advert(), (member, value)))).IsRefused(UnprocessableEntity, "validation");
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        (await hired.Client.Get($"{PartnerJobs}/BAD")).IsRefused(NotFound, "job.unknown");
    }

    [Fact, Requirement("J-13")]
    public async Task An_external_id_is_short_and_plain()
    {
        var hired = await market.Hired();
        (await hired.Client.Put($"{PartnerJobs}/{new string('x', 64)}", Samples.Advert())).Is(Created);
        (await hired.Client.Put($"{PartnerJobs}/{new string('x', 65)}", Samples.Advert())).IsRefused(UnprocessableEntity, "validation");
        (await hired.Client.Put($"{PartnerJobs}/a%20b", Samples.Advert())).IsRefused(UnprocessableEntity, "validation");
        (await hired.Client.Put($"{PartnerJobs}/-a", Samples.Advert())).IsRefused(UnprocessableEntity, "validation");
        (await hired.Client.Put($"{PartnerJobs}/A", "{")).IsRefused(BadRequest, "request.malformed");
        (await hired.Client.Put($"{PartnerJobs}/A", Body(Samples.Advert(), ("surprise", "1")))).IsRefused(BadRequest, "request.malformed");
    }
}
