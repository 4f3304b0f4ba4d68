using System.Text.Json.Nodes;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;
using Expo.Recruitment.Fairs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Jobs;

/// <summary>Everything that a page about a job shows.</summary>
/// <param name="Id">The job.</param>
/// <param name="State">Whether it is still open.</param>
/// <param name="Employer">Who hires.</param>
/// <param name="Agency">The name of the agency that posted it.</param>
/// <param name="Fairs">The fairs that it is in.</param>
/// <param name="PublishedAt">Since when it is on the site.</param>
/// <param name="AnnualMin">What its lower pay comes to in a year, where that can be said.</param>
/// <param name="Job">What it says; without what only its agency needs.</param>
/// <param name="StructuredData">The page's schema.org markup (<c>application/ld+json</c>); none for a confidential employer and for a job that is not open.</param>
public sealed record JobPage(
    Guid Id, JobStatus State, ShownEmployer Employer, Text? Agency, IReadOnlyList<ShownFair> Fairs, DateTimeOffset PublishedAt, Money? AnnualMin, ShownJob Job,
    JsonObject? StructuredData);

/// <summary>What a job says to the public.</summary>
public sealed record ShownJob(
    Text Title, Text DescriptionHtml, DateTimeOffset ValidThrough, string EmploymentType, IReadOnlyList<JobLocation> Locations, bool Remote,
    IReadOnlyList<string> ApplicantCountries, Salary? Salary, int? Openings, Industry Industry, OccupationCode? OccupationCode, Education? Education,
    int? ExperienceMonths, IReadOnlyList<string> Skills, Text? Responsibilities, Text? Qualifications, Text? Benefits, Text? WorkHours, bool WorkPermitHelp,
    Text? Eligibility, bool DirectApply, string? ApplyUrl, DateOnly? StartDate, bool ImmediateStart, IReadOnlyList<TalentAudience> Audiences, FairArea? FairArea,
    bool RecruitmentDesk)
{
    internal static ShownJob Of(JobAdvert job) => new(
        job.Title, job.DescriptionHtml, job.ValidThrough!.Value, job.EmploymentType, job.Locations ?? [], job.Remote, job.ApplicantCountries ?? [], job.Salary,
        job.Openings, job.Industry!.Value, job.OccupationCode, job.Education, job.ExperienceMonths, job.Skills ?? [], job.Responsibilities, job.Qualifications,
        job.Benefits, job.WorkHours, job.WorkPermitHelp, job.Eligibility, job.DirectApply, job.ApplyUrl, job.StartDate, job.ImmediateStart, job.Audiences ?? [],
        job.FairArea, job.RecruitmentDesk);
}

internal static class JobPageEndpoint
{
    public static void Map(RouteGroupBuilder jobs) => jobs.MapGet("/{jobId:guid}", Handle).AllowAnonymous().Fulfils("J-13")
        .WithName("GetJob").WithSummary("Everything that a page about a job shows, with its schema.org markup");

    private static async Task<Results<Ok<JobPage>, ProblemHttpResult>> Handle(Guid jobId, Streams streams, Hirers hirers, Call call, CancellationToken ct)
    {
        if ((await streams.Read<JobPosting>(jobId, ct)).State is not { Advert: { } advert } job)
            return JobRefusals.Unknown.ToProblem();

        var names = await hirers.Names([job.EmployerId, job.AgencyId], ct);
        var (employer, agency) = (OpenJobs.Employer(job, names.GetValueOrDefault(job.EmployerId)), names.GetValueOrDefault(job.AgencyId));
        var markup = job.Status == JobStatus.Published && !employer.Confidential ? JobMarkup.Of(job, employer.Name, agency, call.Language) : null;
        return TypedResults.Ok(new JobPage(
            job.Id, job.Status, employer, agency, OpenJobs.Fairs(job), job.PublishedAt, advert.Salary?.Annual(PayEnd.Min), ShownJob.Of(advert), markup));
    }
}
