using Expo.Kernel;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.Organisations;

/// <summary>Organisations, their profiles and the committee's verification.</summary>
public static class OrganisationsModule
{
    /// <summary>What is stored. Registering claims the account, so that two numbers registered at once by one account are one.</summary>
    public static EventStoreBuilder AddOrganisations(this EventStoreBuilder store)
    {
        store.Services.AddScoped<Memberships>().AddScoped<Standings>();
        return store.Stream<Organisation>()
            .Event<OrganisationRegistered>("organisation_registered")
            .Event<OrganisationProfileChanged>("organisation_profile_changed")
            .Event<OrganisationVerified>("organisation_verified")
            .Event<OrganisationReturned>("organisation_returned")
            .Claims<OrganisationRegistered>(e => [Claim.Take(NaturalId.For("membership", e.RegisteredBy.ToString("N")))])
            .Marten(marten => marten.Schema.For<Organisation>().Duplicate(o => o.Administrator));
    }

    /// <summary>What is told.</summary>
    public static MessagingBuilder AddOrganisations(this MessagingBuilder messaging) => messaging.Tell<OrganisationEvent>(OrganisationMessages.Translate);

    /// <summary>What is served.</summary>
    public static void MapOrganisations(this RouteGroupBuilder api)
    {
        var organisations = api.MapGroup("/organisations").WithTags("Organisations");
        RegisterOrganisationEndpoint.Map(organisations);
        ChangeProfileEndpoint.Map(organisations);
        VerifyOrganisationEndpoint.Map(organisations);
        ReturnOrganisationEndpoint.Map(organisations);
        OrganisationDetailsEndpoints.Map(organisations);
        organisations.MapHistory<Organisation>(
            "GetOrganisationHistory", Organisation.Unknown, (organisation, caller) => organisation.IsOf(caller) || caller.Is(Kernel.Http.Roles.CommitteeOfficer));
    }
}
