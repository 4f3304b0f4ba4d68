using System.Text.Json;
using System.Text.Json.Serialization;
using Expo.Registration.Accounts;
using Expo.Registration.SigningKeys;

namespace Expo.Registration.Sessions;

/// <summary>What somebody who signed in gets: an access token, how many seconds it lasts, and what to get the next one with.</summary>
public sealed record SignedIn(string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>Issues access tokens: ids and roles, nothing personal.</summary>
public sealed class AccessTokens(Rights rights, KeyRings keys, IConfiguration configuration, TimeProvider clock)
{
    private const int Seconds = 300;
    private const string Audience = "expo";
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string issuer = configuration["Identity:Issuer"] ?? "expo-registration";

    /// <summary>A token that says what the account may do now; nothing when there is no such account.</summary>
    public async Task<SignedIn?> For(Guid accountId, RefreshToken refresh, CancellationToken ct)
    {
        if (await rights.Of(accountId, ct) is not { } account)
            return null;

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Claims(
            issuer, Audience, accountId, account.Roles, account.OrganisationId, now, now + Seconds, Guid.CreateVersion7());
        var token = await keys.Sign(
            KeyPurpose.AccessTokens, kid => $$"""{"alg":"ES256","typ":"at+jwt","kid":"{{kid}}"}""", JsonSerializer.SerializeToUtf8Bytes(claims, Json), ct);
        return new SignedIn(token, Seconds, refresh.Text);
    }

    private sealed record Claims(
        [property: JsonPropertyName("iss")] string Issuer,
        [property: JsonPropertyName("aud")] string Audience,
        [property: JsonPropertyName("sub")] Guid Account,
        [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
        [property: JsonPropertyName("org")] Guid? Organisation,
        [property: JsonPropertyName("iat")] long IssuedAt,
        [property: JsonPropertyName("exp")] long ExpiresAt,
        [property: JsonPropertyName("jti")] Guid Id);
}
