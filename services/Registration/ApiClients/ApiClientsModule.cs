using Expo.Kernel;
using Expo.Kernel.Http;

namespace Expo.Registration.ApiClients;

/// <summary>Programs of agencies: who they are, what they may do, and their tokens.</summary>
public static class ApiClientsModule
{
    /// <summary>What is stored.</summary>
    public static EventStoreBuilder AddApiClients(this EventStoreBuilder store)
    {
        store.Services.AddSingleton<ClientAuthentication>();
        return store.Stream<ApiClient>()
            .Event<ApiClientCreated>("api_client_created")
            .Event<ApiClientSecretAdded>("api_client_secret_added")
            .Event<ApiClientSecretRevoked>("api_client_secret_revoked")
            .Event<ApiClientRevoked>("api_client_revoked")
            .Event<ApiClientSuspended>("api_client_suspended")
            .Event<ApiClientResumed>("api_client_resumed")
            .Marten(marten => marten.Schema.For<ApiClient>().Duplicate(client => client.OrganisationId));
    }

    /// <summary>What is served.</summary>
    public static void MapApiClients(this RouteGroupBuilder api)
    {
        string[] owners = [Roles.OrganisationAdministrator, Roles.CommitteeOfficer];
        var ofOrganisation = api.MapGroup("/organisations/{organisationId:guid}/api-clients").WithTags("API clients").Allow(owners);
        CreateApiClientEndpoint.Map(ofOrganisation);
        ApiClientDetailsEndpoints.MapList(ofOrganisation);

        var clients = api.MapGroup("/api-clients").WithTags("API clients");
        SuspendApiClientEndpoint.Map(clients);
        ResumeApiClientEndpoint.Map(clients);
        clients.MapHistory<ApiClient>("GetApiClientHistory", ApiClient.Unknown, (client, caller) => client.IsOf(caller)).Allow(owners).Fulfils("J-15");

        var one = clients.MapGroup("/{clientId:guid}").Allow(owners);
        ApiClientDetailsEndpoints.MapOne(one);
        RevokeApiClientEndpoint.Map(one);
        AddApiClientSecretEndpoint.Map(one);
        RevokeApiClientSecretEndpoint.Map(one);
        IssueClientTokenEndpoint.Map(api);
    }
}
