using System.Security.Cryptography;
using System.Text.Json;
using Expo.Kernel.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Expo.TestKit;

/// <summary>Somebody with an account, as a token names them.</summary>
public sealed record TestCaller(Guid AccountId, Guid? OrganisationId, params IReadOnlyList<string> Roles)
{
    /// <summary>A new account that runs the expo for the committee.</summary>
    public static TestCaller Officer => Somebody(Kernel.Http.Roles.CommitteeOfficer);

    /// <summary>A new account that records fees for the committee.</summary>
    public static TestCaller Finance => Somebody(Kernel.Http.Roles.CommitteeFinance);

    /// <summary>A new account at a gate.</summary>
    public static TestCaller Gate => Somebody(Kernel.Http.Roles.GateStaff);

    /// <summary>A new account that keeps the platform running.</summary>
    public static TestCaller Operator => Somebody(Kernel.Http.Roles.Operator);

    /// <summary>A new account with these roles and no organisation.</summary>
    public static TestCaller Somebody(params IReadOnlyList<string> roles) => new(Guid.CreateVersion7(), null, roles);

    /// <summary>A new account that acts for an organisation.</summary>
    public static TestCaller Organisation(Guid organisationId) => new(Guid.CreateVersion7(), organisationId, Kernel.Http.Roles.OrganisationAdministrator);

    /// <summary>The scopes of a program; people have none.</summary>
    public string? Scope { get; init; }

    /// <summary>A new API client of an organisation, with scopes such as <c>jobs:write jobs:read</c>.</summary>
    public static TestCaller Program(Guid organisationId, string scope) => new(Guid.CreateVersion7(), organisationId) { Scope = scope };

    /// <summary>An access token as Registration would issue it, signed with <see cref="TestKeys"/>.</summary>
    public string Token()
    {
        var claims = new Dictionary<string, object> { ["sub"] = AccountId.ToString(), ["roles"] = Roles.ToArray() };
        if (OrganisationId is { } organisation)
            claims["org"] = organisation.ToString();
        if (Scope is not null)
            claims["scope"] = Scope;
        return TestKeys.Sign(claims);
    }
}

/// <summary>The key pair that tests sign tokens with; hosts under test trust its public half.</summary>
public static class TestKeys
{
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test-key" };

    /// <summary>The key set to configure a host with.</summary>
    public static string Jwks { get; } = PublicHalf();

    /// <summary>Signs an access token with these claims.</summary>
    public static string Sign(IDictionary<string, object> claims) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "expo-registration",
        Audience = "expo",
        TokenType = "at+jwt",
        Claims = claims,
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
    });

    private static string PublicHalf()
    {
        var point = Key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = Key.KeyId, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } },
        });
    }
}
