using System.ComponentModel.DataAnnotations;
using Expo.Kernel;
using Expo.Kernel.Directory;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;
using Expo.Recruitment.Fairs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Recruitment.Jobs;

/// <summary>What came of a put.</summary>
public enum PostOutcome
{
    /// <summary>The job is new.</summary>
    Created,

    /// <summary>It is another than before, or open again.</summary>
    Updated,

    /// <summary>It was so already.</summary>
    Unchanged,
}

/// <summary>What came of a put, and what each fair says to the job; of a dry run: what would come of it.</summary>
public sealed record PostedJob(
    string ExternalId, Guid JobId, PostOutcome Outcome, long Version, IReadOnlyList<FairEntry> Fairs, Moderation Moderation, IReadOnlyList<JobWarning> Warnings,
    bool DryRun);

internal static class PostJobEndpoint
{
    private const int MaxAttempts = 5;

    public static void Map(RouteGroupBuilder jobs) => jobs
        .MapPut("/{externalId}", Handle)
        .AllowScope("jobs:write")
        .CountsRecords()
        .Fulfils("J-02", "J-03", "J-06", "J-07", "J-10", "J-13", "J-15")
        .WithName(nameof(PostJob))
        .WithSummary("Post a job for an employer that approved your agency, or put it as it is now");

    private static async Task<Results<Created<PostedJob>, Ok<PostedJob>, InvalidFields, ProblemHttpResult>> Handle(
        [LengthUpTo(64), RegularExpression(Names.External, ErrorMessage = Names.ExternalSaid)] string externalId, JobAdvert body, Caller caller, IfMatch ifMatch,
        Hirers hirers, FairBook fairs, LikeJobs alike, Streams streams, TimeProvider clock, CancellationToken ct, bool dryRun = false)
    {
        var edition = body.Edition is { } code ? (await streams.Read<KnownEdition>(KnownEdition.IdOf(code), ct)).State : null;
        if (body.Edition is not null && edition is not { SourceVersion: > 0 })
            return new InvalidFields([new("#/edition", "edition.unknown", new Text("没有这一届大会。", "There is no such edition."), null)]);
        var onlineEnd = edition?.DeadlineOf("online_end");
        if (JobRules.Check(body, onlineEnd, clock.GetUtcNow()) is { Count: > 0 } wrong)
            return new InvalidFields(wrong);

        var agency = caller.OrganisationId ?? Guid.Empty;
        var id = JobPosting.IdOf(agency, externalId);
        var clean = new Text(
            body.DescriptionHtml.Languages.Select(text => KeyValuePair.Create(text.Key, JobHtml.Clean(text.Value))), body.DescriptionHtml.MachineTranslated);
        var command = new PostJob(
            agency, externalId, await hirers.EmployerFor(agency, body.EmployerRef, ct), body with { DescriptionHtml = clean },
            edition is null ? [] : await fairs.Of(edition.Code, body.Fairs ?? [], ct), onlineEnd);
        var warnings = command.EmployerId is { } employer ? await alike.Warnings(agency, employer, body, ct) : [];

        // The answer tells what came of it, and is stored with it: so it is known before, and holds for the version that it was made of.
        for (var attempt = 1; ; attempt++)
        {
            var (job, version) = await streams.Read<JobPosting>(id, ct);
            if (ifMatch.Version > version)
                return Refusal.Stale.ToProblem();
            var answer = Answer(command, warnings, job ?? new JobPosting(), version, clock.GetUtcNow(), dryRun);
            if (dryRun)
                return Tell(answer, ifMatch.Version is { } seen && seen != version ? Refusal.Stale : answer.Refusal);

            var outcome = await streams.Decide<JobPosting, JobEvent>(
                id, command.Decide, new With { IfMatch = new IfMatch(ifMatch.Version ?? version), Reply = answer.Reply }, ct);
            if (outcome.Refusal != Refusal.Stale || ifMatch.Version is not null || attempt == MaxAttempts)
                return Tell(answer, outcome.Refusal == Refusal.Stale && ifMatch.Version is null ? Refusal.Busy : outcome.Refusal);
        }
    }

    private static (Reply Reply, Refusal? Refusal) Answer(
        PostJob command, IReadOnlyList<JobWarning> warnings, JobPosting job, long version, DateTimeOffset now, bool dryRun)
    {
        var (refusal, facts) = command.Decide(job, now) switch
        {
            Decision<JobEvent>.Refused no => (no.Why, no.Facts),
            Decision<JobEvent>.Accepted yes => (null, yes.Events),
            _ => (null, []),
        };
        var after = facts.Aggregate(job, (state, fact) => state.Evolve(fact));
        var outcome = facts.Count == 0 ? PostOutcome.Unchanged : version == 0 ? PostOutcome.Created : PostOutcome.Updated;
        var body = new PostedJob(
            command.ExternalId, JobPosting.IdOf(command.AgencyId, command.ExternalId), outcome, dryRun ? version : version + facts.Count, after.Fairs,
            Moderation.NotRequired, warnings, dryRun);
        return (outcome == PostOutcome.Created && !dryRun ? Reply.Created($"/api/recruitment/v1/partner/jobs/{command.ExternalId}", body) : Reply.Ok(body), refusal);
    }

    private static Results<Created<PostedJob>, Ok<PostedJob>, InvalidFields, ProblemHttpResult> Tell((Reply Reply, Refusal? Refusal) answer, Refusal? refusal) =>
        refusal is not null ? refusal.ToProblem()
        : answer.Reply.Location is { } location ? TypedResults.Created(location, (PostedJob)answer.Reply.Body!)
        : TypedResults.Ok((PostedJob)answer.Reply.Body!);
}
