using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Expo.Dashboard.Api;

/// <summary>Says what was wrong with a request in one form (RFC 9457).</summary>
internal static class ApiProblems
{
    private const string Chinese = "zh";

    public static void UseApiProblems(this WebApplication app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            var detail = http.Request.Headers.AcceptLanguage.ToString().StartsWith(Chinese, StringComparison.OrdinalIgnoreCase) ? $"无法读取请求：{bad.Message}" : bad.Message;
            http.Response.StatusCode = bad.StatusCode;
            await http.Response.WriteAsJsonAsync(
                new { title = "Bad Request", status = bad.StatusCode, code = "request.malformed", detail }, options: null, "application/problem+json", http.RequestAborted).ConfigureAwait(false);
        }
    });
}
