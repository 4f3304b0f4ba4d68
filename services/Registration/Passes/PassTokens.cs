using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Expo.Registration.SigningKeys;

namespace Expo.Registration.Passes;

/// <summary>What a pass's QR code says: a compact JWS (ES256) with the pass's id and its expiry, at most 200 characters, nothing personal.</summary>
public sealed class PassTokens(KeyRings keys)
{
    private const int LongestToken = 200;

    /// <summary>A token for a pass.</summary>
    public Task<string> For(Guid passId, DateTimeOffset expiresAt, CancellationToken ct) => keys.Sign(
        KeyPurpose.Passes, Header,
        Encoding.UTF8.GetBytes($$"""{"sub":"{{Base64Url.EncodeToString(passId.ToByteArray(bigEndian: true))}}","exp":{{expiresAt.ToUnixTimeSeconds()}}}"""), ct);

    /// <summary>The pass that a token is for, if one of our pass keys signed it. Nothing of a token is read before its signature.</summary>
    public async Task<Guid?> PassOf(string token, CancellationToken ct)
    {
        if (token.Length > LongestToken)
            return null;

        await keys.Refresh(ct);
        var payload = keys.Published(KeyPurpose.Passes).Select(key => CompactJws.Verify(token, Header(key.Kid), key)).FirstOrDefault(found => found is not null);
        return payload is null ? null : new Guid(Base64Url.DecodeFromChars(JsonSerializer.Deserialize<JsonElement>(payload).GetProperty("sub").GetString()), bigEndian: true);
    }

    // No type: an access token says at+jwt and a pass does not, so neither can stand in for the other.
    private static string Header(string kid) => $$"""{"alg":"ES256","kid":"{{kid}}"}""";
}
