using System.Text.Json;
using System.Text.Json.Serialization;
using Expo.Registration.Accounts;
using Expo.Registration.ApiClients;
using Expo.Registration.SigningKeys;

namespace Expo.Registration.Sessions;

/// <summary>What somebody who signed in gets: an access token, how many seconds it lasts, and what to get the next one with.</summary>
public sealed record SignedIn(string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>Issues access tokens: ids, roles and scopes, nothing personal.</summary>
public sealed class AccessTokens(KeyRings keys, IConfiguration configuration, TimeProvider clock)
{
    private const int Seconds = 300;
    private const string Audience = "expo";
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string issuer = configuration["Identity:Issuer"] ?? "expo-registration";

    /// <summary>A token that says what the account may do now.</summary>
    public async Task<SignedIn> For(AccountRights account, RefreshToken refresh, CancellationToken ct) =>
        new(await Sign(New(account.AccountId) with { Roles = account.Roles, Organisation = account.OrganisationId }, ct), Seconds, refresh.Text);

    /// <summary>A token that says what a program may do: it acts for its organisation within these scopes, and has no roles.</summary>
    public async Task<ClientToken> For(ApiClient client, IReadOnlyList<string> scopes, CancellationToken ct)
    {
        var scope = string.Join(' ', scopes);
        var claims = New(client.Id) with { Organisation = client.OrganisationId, Client = client.Id, Scope = scope };
        return new ClientToken(await Sign(claims, ct), "Bearer", Seconds, scope);
    }

    private Claims New(Guid subject)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return new Claims(issuer, Audience, subject, null, null, null, null, now, now + Seconds, Guid.CreateVersion7());
    }

    private Task<string> Sign(Claims claims, CancellationToken ct) => keys.Sign(
        KeyPurpose.AccessTokens, kid => $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{kid}}"}""", JsonSerializer.SerializeToUtf8Bytes(claims, Json), ct);

    private sealed record Claims(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("sub")] Guid Subject,
        [property: JsonPropertyName("roles")] IReadOnlyList<string>? Roles,
        [property: JsonPropertyName("org")] Guid? Organisation,
        [property: JsonPropertyName("client_id")] Guid? Client,
        [property: JsonPropertyName("scope")] string? Scope,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("jti")] Guid Id);
}
