using Expo.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;

namespace Expo.Gateway;

/// <summary>What is refused at the door, before a service is bothered: bodies over the limit or of two lengths, and tokens that are not ours.</summary>
internal static class Requests
{
    public static void UseBodyLimit(this WebApplication app) => app.Use((http, next) =>
        http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize
            ? http.WriteTooLarge()
            : next(http));

    /// <summary>Kestrel reads a body with both lengths as chunked and sets the other aside; a proxy must not guess (RFC 9112 6.3).</summary>
    public static void UseOneLength(this WebApplication app) => app.Use((http, next) =>
        http.Request.Headers.TransferEncoding.Count > 0 && http.Request.Headers.ContainsKey("X-Content-Length")
            ? http.WriteProblem(StatusCodes.Status400BadRequest, "request.malformed", "请求长度有歧义。", "The request has two lengths.")
            : next(http));

    public static void UseTokenCheck(this WebApplication app) => app.Use((http, next) =>
        http.Request.Headers.Authorization.Count > 0 && http.User.Identity is not { IsAuthenticated: true } && !ComesForToken(http.Request)
            ? http.ChallengeAsync()
            : next(http));

    // There a program says who it is with its secret (HTTP Basic), and Registration judges it.
    private static bool ComesForToken(HttpRequest request) =>
        request.Path.Equals("/api/registration/v1/oauth/token") && request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase);
}
