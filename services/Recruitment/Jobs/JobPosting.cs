using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Recruitment.Jobs;

/// <summary>A job that an agency posted for an employer (workflow W4).</summary>
public sealed record JobPosting(
    Guid Id, Guid AgencyId, string ExternalId, Guid EmployerId, JobAdvert? Advert, IReadOnlyList<FairEntry> Fairs, JobStatus Status, CloseReason? ClosedFor,
    DateTimeOffset PublishedAt) : IState<JobPosting>
{
    /// <summary>A job that nobody posted.</summary>
    public JobPosting()
        : this(Guid.Empty, Guid.Empty, "", Guid.Empty, null, [], JobStatus.None, null, default)
    {
    }

    /// <summary>One job for each agency and its own id, so that putting it twice hits the same stream.</summary>
    public static Guid IdOf(Guid agency, string externalId) => NaturalId.For("job", agency.ToString(), externalId);

    /// <inheritdoc />
    public JobPosting Evolve(object @event) => @event switch
    {
        JobPosted e => new(e.JobId, e.AgencyId, e.ExternalId, e.EmployerId, e.Advert, e.Fairs, JobStatus.Published, null, e.At),
        JobUpdated e => this with { EmployerId = e.EmployerId, Advert = e.Advert, Fairs = e.Fairs },
        JobReopened e => this with
        {
            EmployerId = e.EmployerId, Advert = e.Advert, Fairs = e.Fairs, Status = JobStatus.Published, ClosedFor = null, PublishedAt = e.At,
        },
        JobClosed e => this with { Status = JobStatus.Closed, ClosedFor = e.Reason },
        JobExpired _ => this with { Status = JobStatus.Expired },
        _ => this,
    };
}

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Nobody posted it.</summary>
    None,

    /// <summary>It is on the site.</summary>
    Published,

    /// <summary>Its agency closed it.</summary>
    Closed,

    /// <summary>Its time is over.</summary>
    Expired,
}

/// <summary>Why a job was closed.</summary>
public enum CloseReason
{
    /// <summary>Somebody was found.</summary>
    Filled,

    /// <summary>The employer no longer wants anybody.</summary>
    Withdrawn,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Any other.</summary>
    Other,
}

/// <summary>What the committee's review says; a valid job is published at once.</summary>
public enum Moderation
{
    /// <summary>None is needed.</summary>
    NotRequired,
}

/// <summary>Why a job cannot be had.</summary>
public static class JobRefusals
{
    /// <summary>No such job, or not the caller's.</summary>
    public static readonly Refusal Unknown = Refusal.Unknown("job.unknown", "没有这个职位。", "There is no such job.");

    /// <summary>It was closed, for another reason.</summary>
    public static readonly Refusal Closed = Refusal.Conflict("job.closed", "该职位已因其他原因关闭。", "This job is closed already, for another reason.");
}
