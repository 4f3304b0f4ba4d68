using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Expo.ServiceDefaults;

/// <summary>Who is asking: the platform's own ES256 access tokens and nothing else. Every endpoint needs one unless it says otherwise.</summary>
internal static class Identity
{
    private const int MaxTokenBytes = 8 * 1024;
    private const string BearerPrefix = "Bearer ";

    public static void AddIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton(_ => new RememberedTokens { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenBytes });
        builder.Services.AddHttpClient(SigningKeys.ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<SigningKeys, RememberedTokens, IConfiguration>((bearer, keys, tokens, configuration) => Configure(bearer, keys, tokens, configuration["Identity:Issuer"]));
        builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(IsPersonOrExpected).Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(MayEnter).Build());
    }

    // Routing's own answers (404, 405, 415) are no endpoints of ours: who asked for nothing need not sign in to be told so.
    private static bool MayEnter(AuthorizationHandlerContext context) =>
        (context.User.Identity is { IsAuthenticated: true } && IsPersonOrExpected(context))
        || (context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint);

    // A program (its token has scopes) may enter only where the endpoint's own policy speaks of it: what is open to everybody who signed in is open to people.
    private static bool IsPersonOrExpected(AuthorizationHandlerContext context) =>
        !context.User.HasClaim(claim => claim.Type == "scope")
        || (context.Resource is HttpContext http && http.GetEndpoint()?.Metadata.GetMetadata<AuthorizationPolicy>() is not null);

    private static void Configure(JwtBearerOptions bearer, SigningKeys keys, RememberedTokens tokens, string? issuer)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = issuer ?? "expo-registration",
            ValidAudience = "expo",
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ClockSkew = TimeSpan.FromSeconds(30),
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId),
            TryAllIssuerSigningKeys = false,
            NameClaimType = "sub",
            RoleClaimType = "roles",
        };
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(tokens);
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = received => PrepareKey(received.HttpContext, keys),
            OnTokenValidated = RefuseCriticalExtensions,
            OnChallenge = Challenge,
            OnForbidden = forbidden => forbidden.HttpContext.WriteProblem(StatusCodes.Status403Forbidden, "auth.forbidden",
                "您无权执行此操作。", "You may not do this."),
        };
    }

    // The library asks for keys synchronously, so the key a token names is looked for before it is validated.
    private static async Task PrepareKey(HttpContext http, SigningKeys keys)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) && header.Length <= MaxTokenBytes && KeyId(header) is { } keyId)
        {
            await keys.Prepare(keyId, http.RequestAborted);
        }
    }

    private static string? KeyId(string header)
    {
        try
        {
            return new JsonWebToken(header[BearerPrefix.Length..].Trim()).Kid is { Length: > 0 } keyId ? keyId : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // RFC 7515 4.1.11: a token with an extension one must understand, and does not, is invalid.
    private static Task RefuseCriticalExtensions(TokenValidatedContext validated)
    {
        if (validated.SecurityToken is not JsonWebToken token || token.TryGetHeaderValue<object>("crit", out _))
        {
            validated.Fail("The token has critical extensions.");
        }
        return Task.CompletedTask;
    }

    private static Task Challenge(JwtBearerChallengeContext challenge)
    {
        challenge.HandleResponse();
        challenge.Response.Headers.WWWAuthenticate = challenge.AuthenticateFailure is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        return challenge.HttpContext.WriteProblem(StatusCodes.Status401Unauthorized, "auth.required",
            "请先登录。", "Sign in first: a valid access token is needed.");
    }
}
