using Expo.Kernel;
using Expo.Kernel.Vocabulary;
using Expo.Recruitment.Employers;

namespace Expo.Recruitment.Jobs;

/// <summary>Post a job, or put it as it is now.</summary>
/// <param name="AgencyId">Who posts it.</param>
/// <param name="ExternalId">What the agency calls it.</param>
/// <param name="EmployerId">For whom, or nobody when no such employer approved the agency.</param>
/// <param name="Advert">What it says.</param>
/// <param name="Fairs">The fairs it asks for, with their rules as they are now.</param>
/// <param name="OnlineEnd">The last day of their edition online, if known.</param>
public sealed record PostJob(
    Guid AgencyId, string ExternalId, Guid? EmployerId, JobAdvert Advert, IReadOnlyList<RequestedFair> Fairs, Deadline? OnlineEnd)
{
    /// <summary>A job that a fair refuses is posted all the same; one that has ended comes back.</summary>
    public Decision<JobEvent> Decide(JobPosting job, DateTimeOffset now)
    {
        if (EmployerId is not { } employer)
            return HirerRefusals.EmployerUnknown;
        if (JobRules.FirstWrong(Advert, OnlineEnd, now) is { } wrong)
            return wrong;
        var entries = Fairs.Select(fair => FairAdmission.Judge(fair, Advert)).ToArray();
        return job.Status switch
        {
            JobStatus.None => new JobPosted(JobPosting.IdOf(AgencyId, ExternalId), AgencyId, ExternalId, employer, Advert, entries, now),
            not JobStatus.Published => new JobReopened(job.Id, employer, Advert, entries, now),
            _ when employer == job.EmployerId && Advert.Says(job.Advert) && FairEntry.Same(entries, job.Fairs) => Decision<JobEvent>.Nothing,
            _ => new JobUpdated(job.Id, employer, Advert, entries, now),
        };
    }
}
