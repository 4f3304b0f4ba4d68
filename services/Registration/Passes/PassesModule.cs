using Expo.Kernel;

namespace Expo.Registration.Passes;

/// <summary>Passes and the gates.</summary>
public static class PassesModule
{
    /// <summary>What is stored.</summary>
    public static EventStoreBuilder AddPasses(this EventStoreBuilder store)
    {
        store.Services.AddSingleton<PassTokens>();
        store.Services.AddSingleton<ForgedPasses>();
        store.Services.AddScoped<PassHolders>();
        return store.Stream<Pass>()
            .Event<PassIssued>("pass_issued")
            .Event<PassActivated>("pass_activated")
            .Event<PassRevoked>("pass_revoked")
            .Event<PassScanned>("pass_scanned")
            .Event<HolderAdmitted>("holder_admitted")
            .Event<HolderRefused>("holder_refused")
            .Reaction<PassWanted, IssueWantedPass>("pass_wanted")
            .Marten(marten => marten.Schema.For<Pass>().Duplicate(pass => pass.OrganisationId));
    }

    /// <summary>What is served.</summary>
    public static void MapPasses(this RouteGroupBuilder api)
    {
        var passes = api.MapGroup("/passes").WithTags("Passes");
        PassDetailsEndpoints.Map(passes);
        PassQrEndpoint.Map(passes);
        ActivatePassEndpoint.Map(passes);
        RevokePassEndpoint.Map(passes);
        passes.MapHistory<Pass>("GetPassHistory", Pass.Unknown, PassDetailsEndpoints.MayRead);
        CheckInEndpoint.Map(api.MapGroup("/editions/{edition}/check-ins").WithTags("Check-in"));
    }
}
