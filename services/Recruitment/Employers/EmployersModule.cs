using Expo.Kernel;

namespace Expo.Recruitment.Employers;

/// <summary>Which agencies may act for which employers.</summary>
public static class EmployersModule
{
    /// <summary>Keeps hirer relationships, and the agencies' names for employers.</summary>
    public static EventStoreBuilder AddEmployers(this EventStoreBuilder store)
    {
        store.Services.AddScoped<Agencies>().AddScoped<Hirers>();
        return store
            .Stream<HirerRelationship>()
            .Marten(options => options.Schema.For<HirerRelationship>().Duplicate(row => row.EmployerId).Duplicate(row => row.AgencyId))
            .Event<AgencyApproved>("agency_approved")
            .Event<AgencyRevoked>("agency_revoked")
            .Stream<EmployerReference>()
            .Marten(options => options.Schema.For<EmployerReference>().Duplicate(row => row.AgencyId))
            .Event<EmployerBound>("employer_bound");
    }

    /// <summary>Serves employers and agencies.</summary>
    public static void MapEmployers(this RouteGroupBuilder api)
    {
        var agencies = api.MapGroup("/employers/me/agencies").WithTags("Employers");
        HirerListEndpoints.MapAgencies(agencies);
        ApproveAgencyEndpoint.Map(agencies);
        RevokeAgencyEndpoint.Map(agencies);
        HirerListEndpoints.MapHistory(api.MapGroup("/hirer-relationships").WithTags("Employers"));

        var employers = api.MapGroup("/partner/employers").WithTags("Partners");
        HirerListEndpoints.MapEmployers(employers);
        BindEmployerEndpoint.Map(employers);
    }
}
