using System.Net;
using Expo.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection;

namespace Expo.Gateway.Sessions;

/// <summary>Browsers hold a sealed cookie, services want a token: here the one becomes the other, and the token is renewed when it ends.</summary>
internal static class BrowserSessions
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public static void AddBrowserSessions(this WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("expo-gateway");
        if (builder.Configuration["DataProtection:Keys"] is { Length: > 0 } directory)
        {
            protection.PersistKeysToFileSystem(Private(directory));
        }
        else
        {
            // Without a place for keys sessions end with the process; better than keys in a place that nobody chose.
            protection.UseEphemeralDataProtectionProvider();
        }
        builder.Services.AddSingleton<SessionCookies>();
        builder.Services.AddSingleton<RegistrationSessions>();
    }

    /// <summary>Opens the cookie, so that everything after knows who is asking; it goes no further.</summary>
    public static void UseSessionCookies(this WebApplication app) => app.Use((http, next) =>
    {
        var visit = new Visit();
        http.Features.Set(visit);
        http.Response.OnStarting(() => visit.Finish(http));
        var (brought, session) = (SessionCookies.Has(http.Request), http.RequestServices.GetRequiredService<SessionCookies>().Read(http.Request));
        http.Request.Headers.Remove("Cookie"); // no service ever sees one

        // Who brings a token is a program or a tool: the token counts, and the cookie beside it does not. Who signs in begins anew.
        if (brought && http.Request.Headers.Authorization.Count == 0 && NeedsSession(http.Request))
        {
            if (session is null)
            {
                visit.End(http);
            }
            else
            {
                visit.Act(http, session);
            }
        }
        return next(http);
    });

    /// <summary>Makes a session's token that of the request; comes after the limits, since renewing asks Registration.</summary>
    public static void UseBrowserSessions(this WebApplication app) => app.Use(Attach);

    public static Task WriteUnavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return http.WriteProblem(StatusCodes.Status503ServiceUnavailable, "unavailable",
            "暂时无法登录或续期会话，请稍后重试。", "Sessions cannot be opened or renewed for the moment. Try again shortly.");
    }

    private static async Task Attach(HttpContext http, RequestDelegate next)
    {
        var visit = Visit.Of(http);
        if (visit.Session is not { } session)
        {
            await next(http);
        }
        else if (OwnPages.MayBeForeign(http.Request) || (IsWriting(http.Request) && !OwnPages.ShowsToken(http.Request, session)))
        {
            await OwnPages.WriteForged(http);
        }
        else if (await Renew(http, visit, session))
        {
            if (visit.Session is { } renewed)
            {
                http.Request.Headers.Authorization = $"Bearer {renewed.AccessToken}";
            }
            await next(http);
        }
        else
        {
            await WriteUnavailable(http);
        }
    }

    /// <summary>Renews what is about to end; false when that must wait. A session that is over leaves the request to nobody.</summary>
    private static async Task<bool> Renew(HttpContext http, Visit visit, BrowserSession session)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (session.AccessEndsAt - now >= Soon)
        {
            return true;
        }

        using var answer = await http.RequestServices.GetRequiredService<RegistrationSessions>().Refresh(http, session);
        if (answer is { StatusCode: HttpStatusCode.OK })
        {
            visit.Keep(http, session.With((await answer.Content.ReadFromJsonAsync<SignedIn>(http.RequestAborted))!, now));
        }
        else if (answer is { StatusCode: HttpStatusCode.Unauthorized })
        {
            visit.End(http);
        }
        else
        {
            return session.AccessEndsAt > now;
        }
        return true;
    }

    private static bool NeedsSession(HttpRequest request) =>
        request.Path.StartsWithSegments("/api")
        || (request.Path.StartsWithSegments("/session", out var rest) && (rest.HasValue || !HttpMethods.IsPost(request.Method)));

    private static bool IsWriting(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static DirectoryInfo Private(string directory) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(directory)
        : Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
