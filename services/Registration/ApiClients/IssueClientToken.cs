using System.Text.Json.Serialization;
using Expo.Kernel;
using Expo.Kernel.Http;
using Expo.Registration.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.ApiClients;

/// <summary>A program's access token (RFC 6749 5.1).</summary>
public sealed record ClientToken(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string Scope);

/// <summary>The token endpoint for programs: client credentials and nothing else. It writes nothing, so a token costs one read and one signature.</summary>
internal static class IssueClientTokenEndpoint
{
    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/oauth/token", Handle)
        .WithTags("API clients")
        .Accepts<ClientTokenRequest>("application/x-www-form-urlencoded")
        .AllowAnonymous()
        .WithName("IssueClientToken")
        .WithSummary("An access token for a program (OAuth 2.0 client credentials)")
        .Fulfils("J-15");

    private static async Task<Results<Ok<ClientToken>, ProblemHttpResult>> Handle(
        ClientTokenForm form, ClientAuthentication authentication, AccessTokens tokens, Streams streams, HttpResponse response, CancellationToken ct)
    {
        (response.Headers.CacheControl, response.Headers.Pragma) = ("no-store", "no-cache");
        var (request, error, wrong) = form.Read();
        if (request is null)
            return Refused(response, error, wrong!);

        // A client id is a Guid in its one usual spelling; anything else is nobody's, and counts as one unknown client.
        var clientId = Guid.TryParseExact(request.ClientId, "D", out var id) ? id : Guid.Empty;
        var client = clientId == Guid.Empty ? null : (await streams.Read<ApiClient>(clientId, ct)).State;
        if (authentication.Check(clientId, client, new ClientSecret(request.ClientSecret!)) is { } why)
            return Refused(response, "invalid_client", why);
        if (client!.State == ApiClientState.Suspended)
            return Refused(response, "unauthorized_client", Refusal.Forbidden("apiclient.suspended", "该 API 客户端已被暂停。", "This API client is suspended."));

        var wanted = request.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? client.Scopes;
        if (wanted.Count == 0 || wanted.Except(client.Scopes).Any())
            return Refused(response, "invalid_scope", Refusal.Rule("oauth.invalid_scope", "该客户端没有所请求的权限范围。", "The client does not have this scope.")
                .With("scope", string.Join(' ', client.Scopes)));

        return TypedResults.Ok(await tokens.For(client, Scopes.Sorted(wanted), ct));
    }

    /// <summary>A problem document that an OAuth client library understands too (RFC 6749 5.2).</summary>
    private static ProblemHttpResult Refused(HttpResponse response, string error, Refusal why)
    {
        var status = why.Kind switch
        {
            RefusalKind.NotSignedIn => StatusCodes.Status401Unauthorized,
            RefusalKind.TooOften => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status400BadRequest,
        };
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Basic realm=\"expo\", charset=\"UTF-8\"";
        return TypedResults.Problem(new RefusalProblem(why)
        {
            Status = status,
            Extensions = { ["error"] = error, ["error_description"] = why.Detail.In("en") },
        });
    }
}
