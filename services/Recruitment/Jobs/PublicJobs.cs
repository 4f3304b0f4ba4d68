using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;
using Expo.Recruitment.Fairs;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Jobs;

/// <summary>Who hires: a confidential employer has no id, and a name that says so.</summary>
public sealed record ShownEmployer(Guid? OrganisationId, Text? Name, bool Confidential);

/// <summary>A fair that a job is in.</summary>
public sealed record ShownFair(string Edition, string Code);

/// <summary>An open job in a list.</summary>
public sealed record ListedJob(
    Guid Id, Text Title, ShownEmployer Employer, Industry Industry, string EmploymentType, IReadOnlyList<JobLocation> Locations, bool Remote, Salary? Salary,
    int? Openings, DateTimeOffset PublishedAt, DateTimeOffset ValidThrough, IReadOnlyList<ShownFair> Fairs);

/// <summary>Which open jobs are wanted; what is not set matters not.</summary>
internal sealed record OpenJobsFilter
{
    public Guid? FairId { get; init; }
    public Guid? EmployerId { get; init; }
    public string? Industry { get; init; }
    public string? Province { get; init; }

    /// <summary>The part of a stored job that those have; a confidential employer's jobs are not found by it.</summary>
    public JsonObject Part()
    {
        var (part, advert) = (new JsonObject { [nameof(JobPosting.Status)] = "published" }, new JsonObject());
        if (FairId is { } fair)
            part[nameof(JobPosting.Fairs)] = new JsonArray(new JsonObject { [nameof(FairEntry.FairId)] = fair, [nameof(FairEntry.State)] = "accepted" });
        if (EmployerId is { } employer)
            (part[nameof(JobPosting.EmployerId)], advert[nameof(JobAdvert.ConfidentialEmployer)]) = (employer, false);
        if (Industry is not null)
            advert[nameof(JobAdvert.Industry)] = Industry;
        if (Province is not null)
            advert[nameof(JobAdvert.Locations)] = new JsonArray(new JsonObject { [nameof(JobLocation.Province)] = Province });
        if (advert.Count > 0)
            part[nameof(JobPosting.Advert)] = advert;
        return part;
    }
}

/// <summary>The jobs that are on the site.</summary>
internal sealed class OpenJobs(IQuerySession session, Hirers hirers)
{
    private const string Key = "((d.data ->> 'PublishedAt') || ' ' || d.id) collate \"C\"";

    /// <summary>A page of them, the newest first.</summary>
    public async Task<Page<ListedJob>> Page(OpenJobsFilter filter, Paging paging, CancellationToken ct)
    {
        var rows = await session.QueryAsync<JobPosting>(
            $"where d.data @> ?::jsonb and (? = '' or {Key} < ?) order by {Key} desc limit ?",
            ct, filter.Part().ToJsonString(), paging.After, paging.After, paging.Limit + 1);
        var names = await hirers.Names(rows.Select(job => job.EmployerId), ct);
        var page = Page<JobPosting>.Of(rows, paging.Limit, job => $"{JsonSerializer.SerializeToElement(job.PublishedAt, EventStore.Json).GetString()} {job.Id}");
        return new Page<ListedJob>(page.Items.Select(job => Show(job, names.GetValueOrDefault(job.EmployerId))).ToArray(), page.NextCursor);
    }

    /// <summary>The employer as the site shows it.</summary>
    public static ShownEmployer Employer(JobPosting job, Text? name) =>
        job.Advert!.ConfidentialEmployer ? new(null, new Text("保密", "Confidential"), true) : new(job.EmployerId, name, false);

    /// <summary>The fairs that a job is in.</summary>
    public static IReadOnlyList<ShownFair> Fairs(JobPosting job) =>
        job.Fairs.Where(fair => fair.State == FairEntryState.Accepted).Select(fair => new ShownFair(fair.Edition, fair.Code)).ToArray();

    private static ListedJob Show(JobPosting job, Text? employer)
    {
        var advert = job.Advert!;
        return new(
            job.Id, advert.Title, Employer(job, employer), advert.Industry!.Value, advert.EmploymentType, advert.Locations ?? [], advert.Remote, advert.Salary,
            advert.Openings, job.PublishedAt, advert.ValidThrough!.Value, Fairs(job));
    }
}

internal static class PublicJobsEndpoint
{
    public static void Map(RouteGroupBuilder jobs) => jobs.MapGet("", List).AllowAnonymous().Fulfils("J-13")
        .WithName("ListJobs").WithSummary("The open jobs, the newest first");

    private static async Task<Ok<Page<ListedJob>>> List(
        Paging paging, OpenJobs jobs, CancellationToken ct,
        [OneOf("finance_investment", "biomedicine", "it_internet", "construction_real_estate", "high_end_services", "security", "education_research", "culture_media", "other")]
        string? industry = null,
        [LengthUpTo(2, MinimumLength = 2)] string? province = null, Guid? employer = null) =>
        TypedResults.Ok(await jobs.Page(new OpenJobsFilter { Industry = industry, Province = province, EmployerId = employer }, paging, ct));
}
