using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>Shut a program out for good; its tokens end within minutes.</summary>
public sealed record RevokeApiClient(Caller Caller)
{
    /// <summary>Its organisation may, and the committee.</summary>
    public Decision<ApiClientEvent> Decide(ApiClient client, DateTimeOffset now) => client switch
    {
        _ when !client.IsOf(Caller) => ApiClient.Unknown,
        { State: ApiClientState.Revoked } => Decision<ApiClientEvent>.Nothing,
        _ => new ApiClientRevoked(client.Id, Caller.AccountId),
    };
}

internal static class RevokeApiClientEndpoint
{
    public static void Map(RouteGroupBuilder client) => client
        .MapDelete("", Handle)
        .WithName(nameof(RevokeApiClient))
        .WithSummary("Shut a program out for good")
        .Fulfils("J-15");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(Guid clientId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ApiClient, ApiClientEvent>(clientId, new RevokeApiClient(caller).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
