using Expo.Kernel;

namespace Expo.Registration.Delegations;

/// <summary>The delegations (代表团) of each edition.</summary>
public static class DelegationsModule
{
    /// <summary>What is stored.</summary>
    public static EventStoreBuilder AddDelegations(this EventStoreBuilder store) =>
        store.Stream<Delegation>().Event<DelegationEnrolled>("delegation_enrolled");

    /// <summary>What is served.</summary>
    public static void MapDelegations(this RouteGroupBuilder api)
    {
        var list = api.MapGroup("/editions/{edition}/delegations").WithTags("Delegations");
        EnrolDelegationsEndpoint.Map(list);
        DelegationListEndpoint.Map(list);
        api.MapGroup("/delegations").WithTags("Delegations")
            .MapHistory<Delegation>("GetDelegationHistory", Delegation.Unknown, (_, caller) => caller.Is(Kernel.Http.Roles.CommitteeOfficer));
    }
}
