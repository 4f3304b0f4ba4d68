using System.Globalization;
using Expo.Kernel;
using Expo.Kernel.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>Add a secret to rotate to; the one in use stays good until it is revoked.</summary>
public sealed record AddApiClientSecret(Guid SecretId, string SecretHash, Caller Caller)
{
    /// <summary>Two at once and no more: whoever wants a third has forgotten to revoke one.</summary>
    public Decision<ApiClientEvent> Decide(ApiClient client, DateTimeOffset now) => client switch
    {
        _ when !client.IsOf(Caller) => ApiClient.Unknown,
        { State: ApiClientState.Revoked } => ApiClient.Over,
        _ when client.Secrets.Any(secret => secret.Id == SecretId) => Decision<ApiClientEvent>.Nothing,
        { Secrets.Count: >= ApiClient.MostSecrets } => Refusal.Conflict(
            "apiclient.secret_limit", "最多同时有两个有效密钥，请先吊销一个。", "Two secrets may be live at once. Revoke one first.")
            .With("max", ApiClient.MostSecrets.ToString(CultureInfo.InvariantCulture)),
        _ => new ApiClientSecretAdded(client.Id, SecretId, SecretHash, now),
    };
}

internal static class AddApiClientSecretEndpoint
{
    public static void Map(RouteGroupBuilder client) => client
        .MapPost("/secrets", Handle)
        .WithName(nameof(AddApiClientSecret))
        .WithSummary("Add a second secret to rotate to; it is shown this once")
        .Fulfils("J-15");

    private static Task<Results<Created<ShownSecret>, ProblemHttpResult>> Handle(
        Guid clientId, Caller caller, IfMatch ifMatch, Streams streams, HttpResponse response, CancellationToken ct)
    {
        var (secretId, secret) = (Guid.CreateVersion7(), ClientSecret.New());
        response.Headers.CacheControl = "no-store";
        return streams.Decide<ApiClient, ApiClientEvent>(clientId, new AddApiClientSecret(secretId, secret.Hash, caller).Decide, new With
        {
            IfMatch = ifMatch,
            Reply = Reply.Created($"/api/registration/v1/api-clients/{clientId}", new ShownSecret(clientId, secretId, secret.Text)),
        }, ct).CreatedOrProblem<ShownSecret>();
    }
}
