using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Fairs;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Jobs;

/// <summary>A job as its agency reads it back.</summary>
/// <param name="JobId">Its address on the site: <c>public/jobs/{jobId}</c>.</param>
/// <param name="ExternalId">What the agency calls it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CloseReason">Why it was closed.</param>
/// <param name="Moderation">What the committee's review says.</param>
/// <param name="EmployerId">The employer.</param>
/// <param name="PublishedAt">Since when it is on the site.</param>
/// <param name="AnnualMin">What its lower pay comes to in a year, where that can be said.</param>
/// <param name="Fairs">What each fair says to it.</param>
/// <param name="Job">As it was put.</param>
public sealed record PartnerJob(
    Guid JobId, string ExternalId, JobStatus State, CloseReason? CloseReason, Moderation Moderation, Guid EmployerId, DateTimeOffset PublishedAt,
    Money? AnnualMin, IReadOnlyList<FairEntry> Fairs, JobAdvert Job);

internal static class PartnerJobListEndpoints
{
    public static void Map(RouteGroupBuilder jobs)
    {
        jobs.MapGet("", List).AllowScope("jobs:read").Fulfils("J-13", "J-15")
            .WithName("ListPartnerJobs").WithSummary("Your agency's jobs with what fairs say to them, by external id");
        jobs.MapGet("/{externalId}", One).AllowScope("jobs:read").Fulfils("J-13", "J-15")
            .WithName("GetPartnerJob").WithSummary("One of your agency's jobs");
    }

    private static async Task<Ok<Page<PartnerJob>>> List(
        Caller caller, Paging paging, IQuerySession session, CancellationToken ct, [OneOf("published", "closed", "expired")] string? state = null)
    {
        var rows = await session.QueryAsync<JobPosting>(
            """
            where d.agency_id = ? and (? = '' or d.data ->> 'Status' = ?) and (d.data ->> 'ExternalId') collate "C" > ?
            order by (d.data ->> 'ExternalId') collate "C" limit ?
            """,
            ct, caller.OrganisationId ?? Guid.Empty, state ?? "", state ?? "", paging.After, paging.Limit + 1);
        return TypedResults.Ok(Page<PartnerJob>.Of(rows.Select(Show).ToArray(), paging.Limit, job => job.ExternalId));
    }

    private static async Task<Results<Ok<PartnerJob>, ProblemHttpResult>> One(
        [LengthUpTo(64), RegularExpression(Names.External, ErrorMessage = Names.ExternalSaid)] string externalId, Caller caller, Streams streams,
        CancellationToken ct) =>
        ((await streams.Read<JobPosting>(JobPosting.IdOf(caller.OrganisationId ?? Guid.Empty, externalId), ct)).State is { } job ? Show(job) : null)
            .OkOr(JobRefusals.Unknown);

    private static PartnerJob Show(JobPosting job) => new(
        job.Id, job.ExternalId, job.Status, job.ClosedFor, Moderation.NotRequired, job.EmployerId, job.PublishedAt, job.Advert!.Salary?.Annual(PayEnd.Min),
        job.Fairs, job.Advert);
}
