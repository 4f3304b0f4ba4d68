using Expo.Kernel;
using Expo.Kernel.Http;

namespace Expo.Recruitment.Jobs;

/// <summary>Jobs: posted by agencies, shown to everybody.</summary>
public static class JobsModule
{
    /// <summary>Keeps jobs.</summary>
    public static EventStoreBuilder AddJobs(this EventStoreBuilder store)
    {
        store.Services.AddScoped<OpenJobs>().AddScoped<LikeJobs>();
        return store
            .Stream<JobPosting>()
            .Marten(options => options.Schema.For<JobPosting>().Duplicate(row => row.AgencyId).GinIndexJsonData())
            .Event<JobPosted>("job_posted")
            .Event<JobUpdated>("job_updated")
            .Event<JobReopened>("job_reopened")
            .Event<JobClosed>("job_closed")
            .Event<JobExpired>("job_expired")
            .Timers<JobPosted>(ExpireJobWhenTimeIsOver.Due)
            .Timers<JobUpdated>(ExpireJobWhenTimeIsOver.Due)
            .Timers<JobReopened>(ExpireJobWhenTimeIsOver.Due)
            .Reaction<ExpireJob, ExpireJobWhenTimeIsOver>("expire_job");
    }

    /// <summary>Serves jobs to agencies and to everybody.</summary>
    public static void MapJobs(this RouteGroupBuilder api)
    {
        var partner = api.MapGroup("/partner/jobs").WithTags("Partners");
        PartnerJobListEndpoints.Map(partner);
        PostJobEndpoint.Map(partner);
        CloseJobEndpoint.Map(partner);

        var site = api.MapGroup("/public/jobs").WithTags("Jobs");
        PublicJobsEndpoint.Map(site);
        JobPageEndpoint.Map(site);

        api.MapGroup("/jobs").WithTags("Jobs")
            .MapHistory<JobPosting>(
                "GetJobHistory", JobRefusals.Unknown,
                (job, caller) => caller.Is(Roles.CommitteeOfficer) || caller.OrganisationId == job.EmployerId || caller.OrganisationId == job.AgencyId)
            .Allow(Roles.OrganisationAdministrator, Roles.CommitteeOfficer);
    }
}
