using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary>Completes ASP.NET Core's own server span with name, route, status and error; health probes leave no span.</summary>
internal sealed class ServerSpans : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Complete);
        next(app);
    };

    private static async Task Complete(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { } span)
        {
            await next(http);
            return;
        }

        if (http.Request.Path.IsHealthProbe())
        {
            // Children (the checks' database and broker calls) inherit "not recorded".
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        try
        {
            await next(http);
            var handled = http.Features.Get<IExceptionHandlerFeature>();
            Describe(span, http, http.Response.StatusCode, handled?.Endpoint ?? http.GetEndpoint(), handled?.Error);
        }
        catch (Exception error)
        {
            Describe(span, http, StatusCodes.Status500InternalServerError, http.GetEndpoint(), error);
            throw;
        }
    }

    private static void Describe(Activity span, HttpContext http, int status, Endpoint? endpoint, Exception? error)
    {
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        span.SetTag("network.protocol.version", http.Request.Protocol.Replace("HTTP/", "", StringComparison.Ordinal));
        if (status < StatusCodes.Status500InternalServerError)
        {
            return;
        }

        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag("error.type", error?.GetType().FullName ?? status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (error is not null)
        {
            span.AddException(error);
        }
    }
}

/// <summary>Switches the server span's own tags on and adds the middleware that completes it.</summary>
internal static class ServerSpansExtensions
{
    public static void AddServerSpans(this IHostApplicationBuilder builder)
    {
        // .NET 10 leaves the span bare unless told otherwise; read once, when the host is built.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddSingleton<IStartupFilter, ServerSpans>();
    }
}
