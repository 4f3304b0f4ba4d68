using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using System.Security.Cryptography;
using Expo.ServiceDefaults;

namespace Expo.Gateway.Tests.Identity;

/// <summary>A token that was found good is not checked again before it ends.</summary>
public sealed class RememberedTokenSpecs
{
    [Fact]
    public async Task A_good_token_is_remembered_and_each_request_gets_an_identity_of_its_own()
    {
        using var tokens = new RememberedTokens();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (token, parameters) = Token(key, TimeProvider.System.GetUtcNow().AddMinutes(5));
        var first = await tokens.ValidateTokenAsync(token, parameters);
        var again = await tokens.ValidateTokenAsync(token, new TokenValidationParameters()); // nothing to check it with
        Assert.True(first.IsValid && again.IsValid);
        Assert.NotSame(first.ClaimsIdentity, again.ClaimsIdentity);
        Assert.Equal("somebody", again.ClaimsIdentity.FindFirst("sub")?.Value);
    }

    [Fact]
    public async Task A_bad_token_and_one_that_has_ended_are_not_remembered()
    {
        using var tokens = new RememberedTokens();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (ended, parameters) = Token(key, TimeProvider.System.GetUtcNow().AddSeconds(-10));
        parameters.ClockSkew = TimeSpan.FromSeconds(30);
        Assert.True((await tokens.ValidateTokenAsync(ended, parameters)).IsValid); // within the skew
        Assert.False((await tokens.ValidateTokenAsync(ended, new TokenValidationParameters())).IsValid);

        var (good, right) = Token(key, TimeProvider.System.GetUtcNow().AddMinutes(5));
        await tokens.ValidateTokenAsync(good, right);
        Assert.False((await tokens.ValidateTokenAsync(good[..^4] + "AAAA", right)).IsValid);
    }

    private static (string Token, TokenValidationParameters Parameters) Token(ECDsa key, DateTimeOffset ends)
    {
        var security = new ECDsaSecurityKey(key);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "issuer", Audience = "audience", NotBefore = ends.AddMinutes(-10).UtcDateTime, IssuedAt = ends.AddMinutes(-10).UtcDateTime, Expires = ends.UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = "somebody" }, SigningCredentials = new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256),
        });
        return (token, new TokenValidationParameters { ValidIssuer = "issuer", ValidAudience = "audience", IssuerSigningKey = security });
    }
}
