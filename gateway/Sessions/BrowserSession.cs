using System.Security.Cryptography;
using System.Buffers.Text;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Expo.Gateway.Sessions;

/// <summary>What Registration answers to who signs in or refreshes.</summary>
internal sealed record SignedIn(string AccessToken, int ExpiresIn, string RefreshToken);

/// <summary>A browser's session, all of it in the browser's cookie: the tokens, until when the access token is good, and what a page of ours must show to write.</summary>
internal sealed record BrowserSession(string RefreshToken, string AccessToken, DateTimeOffset AccessEndsAt, string CsrfToken)
{
    /// <summary>A new session with a token of its own against forged requests.</summary>
    public static BrowserSession Begin(SignedIn signedIn, DateTimeOffset now) =>
        new BrowserSession("", "", default, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))).With(signedIn, now);

    /// <summary>The same session with the next tokens.</summary>
    public BrowserSession With(SignedIn next, DateTimeOffset now) =>
        this with { RefreshToken = next.RefreshToken, AccessToken = next.AccessToken, AccessEndsAt = now.AddSeconds(next.ExpiresIn) };

    /// <summary>Says what it is, never which.</summary>
    public override string ToString() => nameof(BrowserSession);
}

/// <summary>What a page learns of its session; the tokens stay out of its reach.</summary>
internal sealed record ShownSession(string Account, IReadOnlyList<string> Roles, string? Organisation, string CsrfToken)
{
    /// <summary>Read from the access token, which came from Registration and was sealed into the cookie by us.</summary>
    public static ShownSession Of(BrowserSession session)
    {
        var token = new JsonWebToken(session.AccessToken);
        return new ShownSession(
            token.Subject,
            [.. token.Claims.Where(claim => claim.Type == "roles").Select(claim => claim.Value)],
            token.TryGetPayloadValue<string>("org", out var organisation) ? organisation : null,
            session.CsrfToken);
    }
}
