using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Kernel.Timers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Jobs;

/// <summary>Why the job is closed.</summary>
public sealed record CloseJobRequest([Needed] CloseReason? Reason);

/// <summary>Take a job off the site.</summary>
public sealed record CloseJob(CloseReason Reason)
{
    /// <summary>An expired job may still be closed, so that it is known why.</summary>
    public Decision<JobEvent> Decide(JobPosting job, DateTimeOffset now) => job switch
    {
        { Status: JobStatus.None } => JobRefusals.Unknown,
        { Status: JobStatus.Closed } when job.ClosedFor == Reason => Decision<JobEvent>.Nothing,
        { Status: JobStatus.Closed } => JobRefusals.Closed,
        _ => new JobClosed(job.Id, Reason),
    };
}

/// <summary>End a job whose time is over.</summary>
public sealed record ExpireJob
{
    /// <summary>One that was closed, or now lasts longer, is left alone.</summary>
    public Decision<JobEvent> Decide(JobPosting job, DateTimeOffset now) =>
        job is { Status: JobStatus.Published, Advert.ValidThrough: { } end } && now >= end ? new JobExpired(job.Id, end) : Decision<JobEvent>.Nothing;
}

/// <summary>The time of a job is over; take it off the site.</summary>
internal sealed class ExpireJobWhenTimeIsOver(Streams streams) : IReact<ExpireJob>
{
    public static IEnumerable<Due> Due(JobPosted job, DateTimeOffset now) => At(job.JobId, job.Advert);

    public static IEnumerable<Due> Due(JobUpdated job, DateTimeOffset now) => At(job.JobId, job.Advert);

    public static IEnumerable<Due> Due(JobReopened job, DateTimeOffset now) => At(job.JobId, job.Advert);

    public Task React(Guid stream, ExpireJob command, CancellationToken ct) => streams.Decide<JobPosting, JobEvent>(stream, command.Decide, ct).MustAccept();

    private static IEnumerable<Due> At(Guid job, JobAdvert advert) => [new Due(advert.ValidThrough!.Value, job, new ExpireJob())];
}

internal static class CloseJobEndpoint
{
    public static void Map(RouteGroupBuilder jobs) => jobs
        .MapPost("/{externalId}:close", Handle)
        .AllowScope("jobs:write")
        .CountsRecords()
        .RequireIdempotencyKey()
        .Fulfils("J-13")
        .WithName(nameof(CloseJob))
        .WithSummary("Take a job off the site");

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        [LengthUpTo(64), RegularExpression(Names.External, ErrorMessage = Names.ExternalSaid)] string externalId, CloseJobRequest body, Caller caller,
        IfMatch ifMatch, Streams streams, TimeProvider clock, CancellationToken ct, bool dryRun = false)
    {
        var (id, command) = (JobPosting.IdOf(caller.OrganisationId ?? Guid.Empty, externalId), new CloseJob(body.Reason!.Value));
        if (!dryRun)
            return await streams.Decide<JobPosting, JobEvent>(id, command.Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();

        var (job, _) = await streams.Read<JobPosting>(id, ct);
        return command.Decide(job ?? new JobPosting(), clock.GetUtcNow()) is Decision<JobEvent>.Refused refused ? refused.Why.ToProblem() : TypedResults.NoContent();
    }
}
