using System.Buffers.Text;
using System.Security.Cryptography;

namespace Expo.Registration.SigningKeys;

/// <summary>The private half of a key pair; a row outside the events, encrypted like personal data.</summary>
public sealed record PrivateKey(byte[] Pkcs8);

/// <summary>A new key pair, before it is added.</summary>
public sealed record NewKey(Guid Id, string Kid, string X, string Y, PrivateKey Private)
{
    private const int KidLength = 8; // short, so that a pass fits a small QR code

    /// <summary>Makes a key pair; its name comes from its RFC 7638 thumbprint.</summary>
    public static NewKey Create()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var thumbprint = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
        return new NewKey(Guid.CreateVersion7(), Base64Url.EncodeToString(thumbprint)[..KidLength], x, y, new PrivateKey(pair.ExportPkcs8PrivateKey()));
    }
}
