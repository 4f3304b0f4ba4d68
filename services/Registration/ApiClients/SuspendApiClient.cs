using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>Why a program is shut out.</summary>
public sealed record SuspendApiClientRequest([Needed, LengthUpTo(500)] string Reason);

/// <summary>Shut a program out for the time being; its tokens end within minutes.</summary>
public sealed record SuspendApiClient(string Reason, Guid Officer)
{
    /// <summary>The committee may, as long as the program is not shut out for good.</summary>
    public Decision<ApiClientEvent> Decide(ApiClient client, DateTimeOffset now) => client switch
    {
        _ when client.Id == Guid.Empty => ApiClient.Unknown,
        { State: ApiClientState.Revoked } => ApiClient.Over,
        { State: ApiClientState.Suspended } => Decision<ApiClientEvent>.Nothing,
        _ => new ApiClientSuspended(client.Id, Reason, Officer),
    };
}

internal static class SuspendApiClientEndpoint
{
    public static void Map(RouteGroupBuilder clients) => clients
        .MapPut("/{clientId:guid}/suspension", Handle)
        .Allow(Roles.CommitteeOfficer)
        .WithName(nameof(SuspendApiClient))
        .WithSummary("Shut a program out for the time being")
        .Fulfils("J-15");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid clientId, SuspendApiClientRequest body, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ApiClient, ApiClientEvent>(
            clientId, new SuspendApiClient(body.Reason, caller.AccountId).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
