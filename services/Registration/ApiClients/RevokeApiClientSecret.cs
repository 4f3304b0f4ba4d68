using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>Revoke one secret; tokens it opened end within minutes.</summary>
public sealed record RevokeApiClientSecret(Guid SecretId, Caller Caller)
{
    /// <summary>A secret that may be in wrong hands goes at once, even if it is the last.</summary>
    public Decision<ApiClientEvent> Decide(ApiClient client, DateTimeOffset now) => client switch
    {
        _ when !client.IsOf(Caller) => ApiClient.Unknown,
        _ when client.RevokedSecrets.Contains(SecretId) => Decision<ApiClientEvent>.Nothing,
        _ when client.Secrets.Any(secret => secret.Id == SecretId) => new ApiClientSecretRevoked(client.Id, SecretId, Caller.AccountId),
        _ => Refusal.Unknown("apiclient.secret_unknown", "没有这个密钥。", "There is no such secret."),
    };
}

internal static class RevokeApiClientSecretEndpoint
{
    public static void Map(RouteGroupBuilder client) => client
        .MapDelete("/secrets/{secretId:guid}", Handle)
        .WithName(nameof(RevokeApiClientSecret))
        .WithSummary("Revoke one of the secrets")
        .Fulfils("J-15");

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid clientId, Guid secretId, Caller caller, IfMatch ifMatch, Streams streams, CancellationToken ct) =>
        streams.Decide<ApiClient, ApiClientEvent>(
            clientId, new RevokeApiClientSecret(secretId, caller).Decide, new With { IfMatch = ifMatch }, ct).NoContentOrProblem();
}
