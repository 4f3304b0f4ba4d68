using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Expo.Registration.SigningKeys;

/// <summary>Compact JSON Web Signatures with ES256 (RFC 7515, RFC 7518).</summary>
public static class CompactJws
{
    /// <summary>Signs a payload.</summary>
    public static string Sign(string header, ReadOnlySpan<byte> payload, PrivateKey key)
    {
        using var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(pair.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The payload, if the token has exactly this header and this key signed it.</summary>
    public static byte[]? Verify(string token, string header, PublicKey key)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || parts[0] != Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))
            || Decode(parts[1]) is not { } payload || Decode(parts[2]) is not { } signature)
            return null;

        using var pair = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
        });
        return pair.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256) ? payload : null;
    }

    // Only the one canonical spelling of the bytes counts: a changed last character never goes unnoticed.
    private static byte[]? Decode(string text) =>
        Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is var bytes && Base64Url.EncodeToString(bytes) == text ? bytes : null;
}
