using Microsoft.AspNetCore.Http.HttpResults;

namespace Expo.Registration.SigningKeys;

/// <summary>The published keys (RFC 7517): with them alone anybody can verify an access token or a pass.</summary>
public sealed record Jwks(IReadOnlyList<Jwk> Keys);

/// <summary>One published key.</summary>
public sealed record Jwk(string Kid, string X, string Y)
{
    /// <summary>Elliptic curve.</summary>
    public string Kty => "EC";

    /// <summary>The curve.</summary>
    public string Crv => "P-256";

    /// <summary>For signatures.</summary>
    public string Use => "sig";

    /// <summary>The algorithm.</summary>
    public string Alg => "ES256";
}

internal static class JwksEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/.well-known/jwks.json", Handle)
        .AllowAnonymous()
        .WithTags("Signing keys")
        .WithName("GetSigningKeys")
        .WithSummary("The public keys of access tokens and passes");

    private static async Task<Ok<Jwks>> Handle(KeyRings rings, HttpResponse response, CancellationToken ct)
    {
        await rings.Refresh(ct);
        response.Headers.CacheControl = "public, max-age=30";
        return TypedResults.Ok(new Jwks(Enum.GetValues<KeyPurpose>().SelectMany(rings.Published).Select(key => new Jwk(key.Kid, key.X, key.Y)).ToArray()));
    }
}
