namespace Expo.Demo.Acts;

/// <summary>An agency's program posts three jobs for an employer: all are on the site, and the elite fair takes those that pay enough (J-03).</summary>
internal static class PostJobs
{
    private const string Elite = "elite";
    private static readonly (string Id, string Min, string Period, int? Months, string Says)[] Jobs =
    [
        ("at-the-floor", "200000", "YEAR", null, "200,000 a year, which is not above 200,000"),
        ("above-the-floor", "200001", "YEAR", null, "200,001 a year"),
        ("fourteen-months", "14300", "MONTH", 14, "14 times 14,300: 200,200 a year"),
    ];

    /// <summary>Returns the jobs in the order of their pay as it is written above.</summary>
    public static async Task<IReadOnlyList<Guid>> Play(Stage stage, Organisation employer, CancellationToken ct)
    {
        stage.Narrator.Act("线上招聘", "Jobs by an agency");
        var agency = await SignUpOrganisation.Play(stage, "agency", "测试人力资源", "Test Recruiters", "hr_agency", ct);
        var client = (await agency.Session.Post($"/api/registration/v1/organisations/{agency.Id}/api-clients", new
        {
            name = "Demo connector", agencyKind = "headhunter", scopes = (string[])["jobs:write", "jobs:read"],
        }, ct)).As<Client>();
        stage.Narrator.Step("The agency let its program in", ("client", client.ClientId));
        stage.Remember("registration", "API client", $"api-clients/{client.ClientId}");
        var program = stage.Program(client.ClientId, client.ClientSecret);
        await program.SignIn(ct);

        var unknown = await program.Put($"/api/recruitment/v1/partner/employers/EMP-{stage.Run}", new { organisationId = employer.Id }, ct);
        stage.Narrator.Step($"Without the employer's approval there is no such employer ({(int)unknown.Status} {unknown.Code})");
        (await employer.Session.Put(
            $"/api/recruitment/v1/employers/me/agencies/{agency.Id}", new { kinds = (string[])["headhunter"] }, ct, "agency.unknown", "organisation.not_verified")).OrFail();
        (await program.Put($"/api/recruitment/v1/partner/employers/EMP-{stage.Run}", new { organisationId = employer.Id }, ct)).OrFail();
        stage.Narrator.Step("The employer approved the agency");

        var posted = new List<Guid>();
        foreach (var (id, min, period, months, says) in Jobs)
        {
            var job = (await program.Put($"/api/recruitment/v1/partner/jobs/{id}-{stage.Run}", Advert(stage, min, period, months), ct)).As<Job>();
            var fair = job.Fairs.Single(entry => entry.Code == Elite);
            stage.Narrator.Step($"A job with {says}: on the site; in the elite fair {fair.State}{(fair.Refusal?.Code is { } why ? $" ({why})" : "")}", ("job", job.JobId));
            posted.Add(job.JobId);
        }

        foreach (var job in posted)
        {
            await program.Get<PublicJob>($"/api/recruitment/v1/public/jobs/{job}", ct);
        }
        return posted;
    }

    private static object Advert(Stage stage, string min, string period, int? months) => new
    {
        employerRef = $"EMP-{stage.Run}",
        edition = stage.Edition,
        fairs = (string[])[Elite],
        title = new { zh = "测试工程师", en = "Test engineer" },
        descriptionHtml = new { zh = "<p>测试展会软件。</p>", en = "<p>Tests the software of an expo.</p>" },
        validThrough = new DateTimeOffset(stage.Today.AddDays(30), TimeOnly.MinValue, TimeSpan.FromHours(8)),
        employmentType = "FULL_TIME",
        confidentialEmployer = false,
        locations = (object[])[new { country = "CN", province = "44", city = "440300", locality = new { zh = "深圳", en = "Shenzhen" } }],
        remote = false,
        salary = new { min, currency = "CNY", period, monthsPerYear = months },
        openings = 1,
        industry = "it_internet",
        workPermitHelp = false,
        directApply = true,
        immediateStart = false,
        audiences = (string[])["mid_senior"],
        recruitmentDesk = false,
    };

    private sealed record Client(Guid ClientId, string ClientSecret);

    private sealed record Job(Guid JobId, IReadOnlyList<Entry> Fairs);

    private sealed record Entry(string Code, string State, FairRefusal? Refusal);

    private sealed record FairRefusal(string Code);

    private sealed record PublicJob(Guid Id);
}
