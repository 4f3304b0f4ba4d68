using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Expo.Dashboard;

/// <summary>Who may look: whoever came through <c>/login?t=TOKEN</c> (a cookie remembers it), and scripts with the token as bearer.</summary>
internal sealed class DashboardAccess(string token)
{
    private const string Bearer = "Bearer ";
    private readonly byte[] expected = Encoding.UTF8.GetBytes(token);
    // The cookie is not the token: who reads a browser's cookies learns nothing that a login page takes.
    private readonly byte[] session = HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), "expo-dashboard session"u8);

    public void Use(WebApplication app) => app.Use(async (http, next) =>
    {
        Protect(http.Response.Headers);
        if (http.Request.Path == "/login")
        {
            await LogIn(http).ConfigureAwait(false);
        }
        else if (IsKnown(http.Request) && IsFromHere(http.Request))
        {
            await next(http).ConfigureAwait(false);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await http.Response.WriteAsync("Open the dashboard with the login URL that ./expo up prints.", http.RequestAborted).ConfigureAwait(false);
        }
    });

    private Task LogIn(HttpContext http)
    {
        if (!Same(http.Request.Query["t"].ToString(), expected))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return http.Response.WriteAsync("This login URL is not valid (any more).", http.RequestAborted);
        }

        http.Response.Cookies.Append(CookieOf(http.Request), Convert.ToHexString(session), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps });
        http.Response.Redirect("/");
        return Task.CompletedTask;
    }

    // Browsers tell hosts apart, not ports: two platforms on one machine must not log each other out.
    private static string CookieOf(HttpRequest request) => $"expo-dashboard-{request.HttpContext.Connection.LocalPort}";

    private bool IsKnown(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.Ordinal)
            ? Same(authorization[Bearer.Length..], expected)
            : Same(request.Cookies[CookieOf(request)] ?? "", Encoding.ASCII.GetBytes(Convert.ToHexString(session)));
    }

    // Another site may have our page's address; it may not act through a browser that is logged in here.
    private static bool IsFromHere(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);

    private static bool Same(string given, byte[] wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), wanted);

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
