using System.Security.Cryptography;
using System.Text;
using Expo.ServiceDefaults;

namespace Expo.Gateway.Sessions;

/// <summary>Tells requests of our own pages from those that another site makes a browser send (CSRF).</summary>
internal static class OwnPages
{
    private const string TokenHeader = "X-CSRF-Token";

    /// <summary>Whether a request may be another site's: the browser says so itself, in either of two headers that no script can write.</summary>
    public static bool MayBeForeign(HttpRequest request) =>
        (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none")
        || (request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin.ToString(), request));

    /// <summary>Whether a writing request shows the session's token, which only a page of ours can have read.</summary>
    public static bool ShowsToken(HttpRequest request, BrowserSession session) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(session.CsrfToken));

    /// <summary>Answers 403.</summary>
    public static Task WriteForged(HttpContext http) => http.WriteProblem(StatusCodes.Status403Forbidden, "csrf.failed",
        "无法确认请求来自本站页面，请刷新后重试。", "It is not certain that this request comes from our own page. Reload and try again.");

    // A proxy may have ended TLS before us, so an https page is ours on a plain connection too; a plain page is never ours on https.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
        && string.Equals(page.Authority, new UriBuilder(page.Scheme, request.Host.Host, request.Host.Port ?? -1).Uri.Authority, StringComparison.OrdinalIgnoreCase);
}
