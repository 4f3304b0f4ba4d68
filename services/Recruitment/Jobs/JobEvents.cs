namespace Expo.Recruitment.Jobs;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>Something that happened to a job.</summary>
public abstract record JobEvent;

/// <summary>An agency posted a job for an employer; it is on the site, and in the fairs that accepted it.</summary>
public sealed record JobPosted(
    Guid JobId, Guid AgencyId, string ExternalId, Guid EmployerId, JobAdvert Advert, IReadOnlyList<FairEntry> Fairs, DateTimeOffset At) : JobEvent;

/// <summary>The job says something else now, or a fair does to it.</summary>
public sealed record JobUpdated(Guid JobId, Guid EmployerId, JobAdvert Advert, IReadOnlyList<FairEntry> Fairs, DateTimeOffset At) : JobEvent;

/// <summary>A job that had ended was put again; it is on the site as a new one.</summary>
public sealed record JobReopened(Guid JobId, Guid EmployerId, JobAdvert Advert, IReadOnlyList<FairEntry> Fairs, DateTimeOffset At) : JobEvent;

/// <summary>The agency closed the job.</summary>
public sealed record JobClosed(Guid JobId, CloseReason Reason) : JobEvent;

/// <summary>The job's time is over.</summary>
public sealed record JobExpired(Guid JobId, DateTimeOffset ValidThrough) : JobEvent;
