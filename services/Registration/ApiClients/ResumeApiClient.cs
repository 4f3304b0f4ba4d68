using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>Let a suspended program in again.</summary>
public sealed record ResumeApiClient(Guid Officer)
{
    /// <summary>Only what was suspended; a revoked program stays out.</summary>
    public Decision<ApiClientEvent> Decide(ApiClient client, DateTimeOffset now) => client switch
    {
        _ when client.Id == Guid.Empty => ApiClient.Unknown,
        { State: ApiClientState.Revoked } => ApiClient.Over,
        { State: ApiClientState.Active } => Decision<ApiClientEvent>.Nothing,
        _ => new ApiClientResumed(client.Id, Officer),
    };
}

internal static class ResumeApiClientEndpoint
{
    public static void Map(RouteGroupBuilder clients) => clients
        .MapDelete("/{clientId:guid}/suspension", Handle)
        .Allow(Roles.CommitteeOfficer)
        .WithName(nameof(ResumeApiClient))
        .WithSummary("Let a suspended program in again")
        .Fulfils("J-15");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid clientId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ApiClient, ApiClientEvent>(
            clientId, new ResumeApiClient(caller.AccountId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
