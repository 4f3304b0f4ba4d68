using System.Net;
using Expo.ServiceDefaults;

namespace Expo.Gateway.Sessions;

/// <summary>What a page calls to sign in and out, and to learn who it acts for.</summary>
internal static class SessionEndpoints
{
    private const int LongestSignIn = 4096;

    public static void MapBrowserSessions(this WebApplication app)
    {
        // Who is asking stands in the cookie, and whoever has none is told so here.
        var session = app.MapGroup("/session").AllowAnonymous();
        session.MapGet("", Show);
        session.MapPost("", SignIn);
        session.MapDelete("", SignOut);
        session.MapPost("/sign-out-everywhere", SignOutEverywhere);
    }

    private static Task Show(HttpContext http) => Visit.Of(http).Session is { } session ? Show(http, session) : WriteNobody(http);

    private static Task Show(HttpContext http, BrowserSession session)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(ShownSession.Of(session), http.RequestAborted);
    }

    // Another site must not sign its visitor in as somebody else either: no form can send JSON, and browsers say whose page it is.
    private static async Task SignIn(HttpContext http, RegistrationSessions registration, TimeProvider clock)
    {
        if (!http.Request.HasJsonContentType())
        {
            await http.WriteProblem(StatusCodes.Status415UnsupportedMediaType, "request.unsupported_media_type", "请使用 application/json。", "Send application/json.");
        }
        else if (OwnPages.MayBeForeign(http.Request))
        {
            await OwnPages.WriteForged(http);
        }
        else if (await Body(http.Request) is not { } body)
        {
            await http.WriteTooLarge();
        }
        else
        {
            using var answer = await registration.SignIn(http, body);
            if (answer is { StatusCode: HttpStatusCode.OK })
            {
                var session = BrowserSession.Begin((await answer.Content.ReadFromJsonAsync<SignedIn>(http.RequestAborted))!, clock.GetUtcNow());
                Visit.Of(http).Keep(http, session);
                await Show(http, session);
            }
            else
            {
                await Relay(http, answer);
            }
        }
    }

    private static async Task<byte[]?> Body(HttpRequest request)
    {
        var body = new byte[LongestSignIn + 1];
        var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return length > LongestSignIn ? null : body[..length];
    }

    // The browser forgets the session whatever Registration says; but who is told that it is over can rely on it.
    private static async Task SignOut(HttpContext http, RegistrationSessions registration)
    {
        var visit = Visit.Of(http);
        var session = visit.Session;
        visit.End(http);
        using var answer = session is null ? new HttpResponseMessage(HttpStatusCode.NoContent) : await registration.SignOut(http, session);
        await Relay(http, answer);
    }

    private static async Task SignOutEverywhere(HttpContext http, RegistrationSessions registration)
    {
        var visit = Visit.Of(http);
        if (visit.Session is not { } session)
        {
            await WriteNobody(http);
            return;
        }

        using var answer = await registration.SignOutEverywhere(http, session);
        if (answer is { IsSuccessStatusCode: true })
        {
            visit.End(http);
        }
        await Relay(http, answer);
    }

    private static Task WriteNobody(HttpContext http) =>
        http.WriteProblem(StatusCodes.Status401Unauthorized, "auth.required", "请先登录。", "Sign in first.");

    /// <summary>Registration's answer as it is; 503 when there is none.</summary>
    private static async Task Relay(HttpContext http, HttpResponseMessage? answer)
    {
        if (answer is null)
        {
            await BrowserSessions.WriteUnavailable(http);
            return;
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.Headers.CacheControl = "no-store";
        if (answer.Headers.RetryAfter is { } later)
        {
            http.Response.Headers.RetryAfter = later.ToString();
        }
        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
    }
}
