using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Expo.Gateway.Tests.Identity;

/// <summary>Tokens no process may accept (RFC 8725 and the usual attacks); each is a good token but for one thing.</summary>
internal static class Attacks
{
    public static IReadOnlyDictionary<string, Func<Issuer, string>> All { get; } = new Dictionary<string, Func<Issuer, string>>
    {
        ["alg none"] = issuer => Unsigned(issuer, "none"),
        ["alg None"] = issuer => Unsigned(issuer, "None"),
        ["alg nOnE"] = issuer => Unsigned(issuer, "nOnE"),
        ["alg none with the signature kept"] = issuer => issuer.Token(header => header["alg"] = "none"),
        ["alg missing"] = issuer => issuer.Token(header => header.Remove("alg")),
        ["alg empty"] = issuer => issuer.Token(header => header["alg"] = ""),
        ["HS256 with the public key as secret"] = issuer => Hmac(issuer, issuer.Key.ExportSubjectPublicKeyInfo()),
        ["HS256 with the public key's PEM as secret"] = issuer => Hmac(issuer, Encoding.ASCII.GetBytes(issuer.Key.ExportSubjectPublicKeyInfoPem())),
        ["HS256 with the key set as secret"] = issuer => Hmac(issuer, Encoding.UTF8.GetBytes(issuer.Jwks)),
        ["HS256 with an empty secret"] = issuer => Hmac(issuer, []),
        ["ES384 named over an ES256 signature"] = issuer => issuer.Token(header => header["alg"] = "ES384"),
        ["RS256 by a key of the attacker"] = Rsa,
        ["another issuer"] = issuer => issuer.Token(claims: claims => claims["iss"] = "https://evil.example"),
        ["no issuer"] = issuer => issuer.Token(claims: claims => claims.Remove("iss")),
        ["another audience"] = issuer => issuer.Token(claims: claims => claims["aud"] = "another-api"),
        ["no audience"] = issuer => issuer.Token(claims: claims => claims.Remove("aud")),
        ["an id token"] = issuer => issuer.Token(header => header["typ"] = "JWT"),
        ["no type"] = issuer => issuer.Token(header => header.Remove("typ")),
        ["a pass as a token"] = issuer => issuer.Token(header => header["typ"] = "pass"),
        ["expired"] = issuer => issuer.Token(claims: claims => claims["exp"] = Issuer.At(TimeSpan.FromSeconds(-60))),
        ["expiring before time began"] = issuer => issuer.Token(claims: claims => claims["exp"] = 0),
        ["no expiry"] = issuer => issuer.Token(claims: claims => claims.Remove("exp")),
        ["expiry as text"] = issuer => issuer.Token(claims: claims => claims["exp"] = "never"),
        ["not yet valid"] = issuer => issuer.Token(claims: claims => claims["nbf"] = Issuer.At(TimeSpan.FromSeconds(60))),
        ["changed claims"] = Changed,
        ["truncated signature"] = issuer => issuer.Token()[..^4],
        ["no signature"] = issuer => issuer.Token()[..(issuer.Token().LastIndexOf('.') + 1)],
        ["a zero signature"] = issuer => issuer.Token(sign: _ => new byte[64]),
        ["a DER signature"] = issuer => issuer.Token(sign: content =>
            issuer.Key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
        ["the signature of another token"] = issuer => $"{Content(issuer.Token(claims: claims => claims["sub"] = "x"))}.{Signature(issuer.Token())}",
        ["an unknown key"] = _ => Stranger("key-9"),
        ["a stranger's key under our key's id"] = issuer => Stranger(issuer.KeyId),
        ["no key id"] = issuer => issuer.Token(header => header.Remove("kid")),
        ["key id with a path"] = issuer => issuer.Token(header => header["kid"] = "../../../../dev/null"),
        ["key id with SQL"] = issuer => issuer.Token(header => header["kid"] = "key-1' OR '1'='1"),
        ["key id with a URL"] = issuer => issuer.Token(header => header["kid"] = "https://evil.example/key"),
        ["key id with a NUL"] = issuer => issuer.Token(header => header["kid"] = $"{issuer.KeyId}\0"),
        ["the key inside the token"] = issuer => ByStranger(issuer, (header, stranger) => header["jwk"] = stranger.PublicKey()),
        ["a key set URL inside the token"] = issuer => ByStranger(issuer, (header, _) => header["jku"] = "https://evil.example/jwks.json"),
        ["a certificate URL inside the token"] = issuer => ByStranger(issuer, (header, _) => header["x5u"] = "https://evil.example/cert.pem"),
        ["a certificate inside the token"] = issuer => ByStranger(issuer, (header, _) => header["x5c"] = new JsonArray("MIIB")),
        ["an unknown critical extension"] = issuer => issuer.Token(header => header["crit"] = new JsonArray("exp")),
        ["an unencoded payload (b64)"] = issuer => issuer.Token(header => (header["b64"], header["crit"]) = (false, new JsonArray("b64"))),
        ["16 kB of claims"] = issuer => issuer.Token(claims: claims => claims["filler"] = new string('a', 16_000)),
        ["four parts"] = issuer => $"{issuer.Token()}.AAAA",
        ["five parts, as if encrypted"] = issuer => $"{issuer.Token()}.AAAA.AAAA",
        ["not a token"] = _ => "let-me-in",
        ["claims that are not JSON"] = issuer => $"{Base64UrlEncoder.Encode(issuer.Header().ToJsonString())}.AAAA.AAAA",
    };

    private static string Content(string token) => token[..token.LastIndexOf('.')];

    private static string Signature(string token) => token[(token.LastIndexOf('.') + 1)..];

    private static string Unsigned(Issuer issuer, string algorithm) =>
        issuer.Token(header => header["alg"] = algorithm, sign: _ => []);

    private static string Hmac(Issuer issuer, byte[] secret) =>
        issuer.Token(header => header["alg"] = "HS256", sign: content => HMACSHA256.HashData(secret, content));

    private static string Rsa(Issuer issuer)
    {
        using var rsa = RSA.Create(2048);
        return issuer.Token(header => header["alg"] = "RS256",
            sign: content => rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string Changed(Issuer issuer)
    {
        var claims = Issuer.Claims();
        claims["roles"] = new JsonArray("committee_officer", "committee_finance");
        var parts = issuer.Token().Split('.');
        return $"{parts[0]}.{Base64UrlEncoder.Encode(claims.ToJsonString())}.{parts[2]}";
    }

    private static string Stranger(string keyId)
    {
        using var stranger = new Issuer(keyId);
        return stranger.Token();
    }

    private static string ByStranger(Issuer issuer, Action<JsonObject, Issuer> header)
    {
        using var stranger = new Issuer(issuer.KeyId);
        return stranger.Token(head => header(head, stranger));
    }
}
