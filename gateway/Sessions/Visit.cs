using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Expo.Gateway.Sessions;

/// <summary>One request of a browser: its session, and what becomes of the cookie when the answer begins.</summary>
internal sealed class Visit
{
    private Action<HttpContext>? change;

    /// <summary>The session that the request acts for; nobody's without one.</summary>
    public BrowserSession? Session { get; private set; }

    /// <summary>The visit of a request.</summary>
    public static Visit Of(HttpContext http) => http.Features.Get<Visit>() ?? throw new InvalidOperationException("UseSessionCookies comes first.");

    /// <summary>Acts for a session. We sealed its token ourselves, so the token is believed here; services verify it again.</summary>
    public void Act(HttpContext http, BrowserSession session)
    {
        Session = session;
        http.User = new ClaimsPrincipal(new ClaimsIdentity(new JsonWebToken(session.AccessToken).Claims, nameof(BrowserSession), "sub", "roles"));
    }

    /// <summary>Acts for a session that is new or has new tokens.</summary>
    public void Keep(HttpContext http, BrowserSession session)
    {
        Act(http, session);
        change = answering => answering.RequestServices.GetRequiredService<SessionCookies>().Write(answering, session);
    }

    /// <summary>Acts for nobody from now on.</summary>
    public void End(HttpContext http)
    {
        (Session, change) = (null, SessionCookies.Delete);
        http.User = new ClaimsPrincipal(new ClaimsIdentity());
    }

    /// <summary>Writes the cookie; whatever a service tried to set goes, since cookies are the gateway's alone.</summary>
    public Task Finish(HttpContext http)
    {
        http.Response.Headers.Remove("Set-Cookie");
        change?.Invoke(http);
        return Task.CompletedTask;
    }
}
