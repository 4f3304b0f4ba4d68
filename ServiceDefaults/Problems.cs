using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Expo.ServiceDefaults;

/// <summary>Problem details (RFC 9457) for what is refused before any service code runs.</summary>
public static class Problems
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Answers with a problem whose detail is in the caller's language, unless the answer has begun; it may carry one member more.</summary>
    public static Task WriteProblem(
        this HttpContext http, int status, string code, string zh, string en, KeyValuePair<string, object?>? extension = null)
    {
        if (http.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        var problem = new ProblemDetails
        {
            Type = $"https://docs.expo.example/problems/{code}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = http.Request.Language() == "en" ? en : zh,
            Instance = http.Request.Path,
            Extensions =
            {
                ["code"] = code,
                ["traceId"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier,
            },
        };
        if (extension is { } more)
        {
            problem.Extensions.Add(more);
        }
        return http.Response.WriteAsJsonAsync(problem, Json, "application/problem+json", http.RequestAborted);
    }

    /// <summary>Answers 413: the body is over the limit of this route.</summary>
    public static Task WriteTooLarge(this HttpContext http) => http.WriteProblem(StatusCodes.Status413PayloadTooLarge, "request.too_large",
        "请求内容过大。", "The request body is too large.");

    /// <summary>The language the caller reads best of those we write: <c>en</c> when it comes before <c>zh</c>, else <c>zh</c>.</summary>
    public static string Language(this HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(language => language.Quality ?? 1)
        .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(language => language is "zh" or "en") ?? "zh";
}

/// <summary>The last resort for an exception no <c>IExceptionHandler</c> of the process took: a problem without internals.</summary>
internal sealed class ProblemFallback : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => http.Features.Get<IExceptionHandlerFeature>()?.Error switch
            {
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => http.WriteTooLarge(),
                BadHttpRequestException bad => http.WriteProblem(bad.StatusCode, "request.malformed",
                    "无法读取请求。", "The request cannot be read."),
                _ => http.WriteProblem(StatusCodes.Status500InternalServerError, "internal",
                    "服务器出错，请稍后再试，并附上 traceId。", "Something broke here. Try again later and quote the traceId."),
            },
        });
        next(app);
    };
}

/// <summary>Adds the exception fallback.</summary>
internal static class ProblemFallbackExtensions
{
    public static void AddProblemFallback(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<IStartupFilter, ProblemFallback>();
}
