using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Expo.Registration.SigningKeys;

/// <summary>Lets the issuer validate its own tokens with the keys at hand; every other rule is that of all services.</summary>
internal sealed class OwnTokens(KeyRings rings) : IPostConfigureOptions<JwtBearerOptions>
{
    public void PostConfigure(string? name, JwtBearerOptions options)
    {
        var others = options.TokenValidationParameters.IssuerSigningKeyResolver;
        options.TokenValidationParameters.IssuerSigningKeyResolver = (token, securityToken, kid, parameters) =>
            rings.Published(KeyPurpose.AccessTokens).FirstOrDefault(key => key.Kid == kid) is { } own
                ? [new JsonWebKey { Kty = "EC", Crv = "P-256", Kid = own.Kid, X = own.X, Y = own.Y }]
                : others(token, securityToken, kid, parameters);

        var prepare = options.Events.OnMessageReceived;
        options.Events.OnMessageReceived = async received =>
        {
            // Only for who brings a token: a process answers that it is alive without its database.
            if (received.Request.Headers.Authorization.Count > 0)
                await rings.Refresh(received.HttpContext.RequestAborted);
            await prepare(received);
        };
    }
}
