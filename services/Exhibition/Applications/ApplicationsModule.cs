using Expo.Exhibition.Agreements;
using Expo.Exhibition.Booths;
using Expo.Exhibition.FloorPlans;
using Expo.Kernel;

namespace Expo.Exhibition.Applications;

/// <summary>Booth applications of an edition.</summary>
public static class ApplicationsModule
{
    /// <summary>Keeps booth applications.</summary>
    public static EventStoreBuilder AddApplications(this EventStoreBuilder store)
    {
        store.Services.AddScoped<PlanAreas>().AddScoped<Deadlines>();
        return store
            .Stream<BoothApplication>()
            .Marten(options => options.Schema.For<BoothApplication>().Duplicate(row => row.EditionCode))
            .Event<ApplicationSubmitted>("application_submitted")
            .Event<ApplicationChanged>("application_changed")
            .Event<ApplicationChangesRequested>("application_changes_requested")
            .Event<ApplicationDeclined>("application_declined")
            .Event<ApplicationConfirmed>("application_confirmed")
            .Event<ApplicationBoothUnavailable>("application_booth_unavailable")
            .Event<ApplicationWithdrawn>("application_withdrawn")
            .Event<ApplicationSettled>("application_settled")
            .Event<ApplicationBoothAllocated>("application_booth_allocated")
            .Event<ApplicationAllocationRefused>("application_allocation_refused")
            .Event<ApplicationLapsed>("application_lapsed")
            .Timers<AgreementSettled>(SettleApplicationWhenAgreementSettled.Due)
            .Reaction<SettleApplication, SettleApplicationWhenAgreementSettled>("settle_application")
            .Timers<BoothAllocated>(CompleteApplicationWhenBoothAllocated.Due)
            .Reaction<CompleteApplication, CompleteApplicationWhenBoothAllocated>("complete_application")
            .Timers<FeeLapsed>(LapseApplicationWhenFeeLapsed.Due)
            .Reaction<LapseApplication, LapseApplicationWhenFeeLapsed>("lapse_application");
    }

    /// <summary>Serves the booth applications of an edition.</summary>
    public static void MapApplications(this RouteGroupBuilder edition)
    {
        var applications = edition.MapGroup("/booth-applications").WithTags("Booth applications");
        ApplicationListEndpoints.Map(applications);
        SubmitApplicationEndpoint.Map(applications);
        ChangeApplicationEndpoint.Map(applications);
        WithdrawApplicationEndpoint.Map(applications);
        RequestChangesEndpoint.Map(applications);
        DeclineApplicationEndpoint.Map(applications);
        ConfirmApplicationEndpoint.Map(applications);
    }
}
