using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Expo.Gateway.Tests;

/// <summary>Writes access tokens by hand, good ones and, with every part open to change, bad ones.</summary>
internal sealed class Issuer(string keyId = "key-1") : IDisposable
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeyId => keyId;

    public string Jwks => new JsonObject { ["keys"] = new JsonArray(PublicKey()) }.ToJsonString();

    public JsonObject PublicKey()
    {
        var point = Key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = "ES256", ["kid"] = keyId,
            ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }

    public JsonObject Header() => new() { ["alg"] = "ES256", ["typ"] = "at+jwt", ["kid"] = keyId };

    public static JsonObject Claims() => new()
    {
        ["iss"] = "expo-registration", ["aud"] = "expo", ["sub"] = "0190a0a0-0000-7000-8000-000000000001",
        ["iat"] = At(TimeSpan.Zero), ["nbf"] = At(TimeSpan.Zero), ["exp"] = At(TimeSpan.FromMinutes(10)),
        ["roles"] = new JsonArray("committee_officer"),
    };

    public static long At(TimeSpan fromNow) => (TimeProvider.System.GetUtcNow() + fromNow).ToUnixTimeSeconds();

    public string Token(Action<JsonObject>? header = null, Action<JsonObject>? claims = null, Func<byte[], byte[]>? sign = null)
    {
        var (head, body) = (Header(), Claims());
        header?.Invoke(head);
        claims?.Invoke(body);
        var content = $"{Encode(head)}.{Encode(body)}";
        var signature = (sign ?? Sign)(Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64UrlEncoder.Encode(signature)}";
    }

    public byte[] Sign(byte[] content) => Key.SignData(content, HashAlgorithmName.SHA256);

    public void Dispose() => Key.Dispose();

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(part));
}
