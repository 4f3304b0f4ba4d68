using System.Text.Json.Serialization;
using Expo.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Expo.Kernel.Http;

/// <summary>How this platform speaks JSON over HTTP: camelCase, snake_case codes, nothing unknown, nothing twice.</summary>
public static class HttpJson
{
    /// <summary>The options of every body.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        options.Converters.Add(new CodeJson());
        return options;
    }
}

/// <summary>What every HTTP service of the platform has: problem documents, ETags, idempotency, OpenAPI.</summary>
public static partial class Api
{
    /// <summary>Adds the conventions to a service.</summary>
    public static void AddApi(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.ConfigureHttpJsonOptions(json => HttpJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<IProblemDetailsService, ValidationProblems>();
        builder.Services.AddScoped<Call>();
        builder.AddDescription(service, typeof(Text));
    }

    /// <summary>Serves the conventions; endpoints go on the group that this returns, <c>/api/{service}/v1</c>.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app, string service)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Failed,
            // A malformed request is the caller's affair, and its text is not ours to log.
            SuppressDiagnosticsCallback = failure => failure.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(pages => Refused(pages.HttpContext, pages.HttpContext.Response.StatusCode));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UsePaging();
        app.Use(FillCall);
        app.MapDescription();
        return app.MapGroup($"/api/{service}/v1").AddEndpointFilter(Finish).AddEndpointFilter(PagingExtensions.LinkPages);
    }

    private static async Task FillCall(HttpContext http, RequestDelegate next)
    {
        var call = http.RequestServices.GetRequiredService<Call>();
        call.Language = http.Request.Language();
        call.Edition = http.GetRouteValue("edition") as string;
        if (Caller.Of(http.User) is { } caller)
            call.Actor = caller.AccountId.ToString();
        await http.Request.MustBeStorable();
        call.Idempotent = http.Request.Method is "GET" or "HEAD" ? null : await IdempotentRequest.Read(http, http.RequestAborted);
        await next(http);
    }

    /// <summary>Gives a stored answer instead of a second one, sets the ETag, and puts refusals into the caller's language.</summary>
    private static async ValueTask<object?> Finish(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        var call = http.RequestServices.GetRequiredService<Call>();
        if (call is { Replay: { } stored, Idempotent: { } request } && !stored.IsFor(request))
            (call.Replay, result) = (null, IdempotentRequest.KeyReused.ToProblem());

        var plain = result is INestedHttpResult nested ? nested.Result : result;
        if (plain is ProblemHttpResult { ProblemDetails: RefusalProblem problem })
        {
            problem.For(call.Language, http.Request.Path);
            if (problem.RetryAfter is { } seconds)
                http.Response.Headers.RetryAfter = seconds;
        }

        var version = call.Replay is { } replay ? replay.Version : call.Version;
        if (version is > 0 && (call.Replay?.Status ?? (plain as IStatusCodeHttpResult)?.StatusCode) is >= 200 and < 300)
            http.Response.Headers.ETag = $"\"{version}\"";
        return call.Replay is { } answer ? new Replayed(answer) : result;
    }

    private static Task Failed(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()!.Error;
        switch (failure is Marten.Exceptions.MartenCommandException { InnerException: { } database } ? database : failure)
        {
            case BadHttpRequestException { InnerException: UnknownCodeException unknown }:
                return http.WriteInvalid([ValidationProblems.UnknownCode(unknown)]);
            case BadHttpRequestException { InnerException: JsonException json }:
                return http.WriteProblem(400, "request.malformed", $"JSON 无法读取（{json.Path}）。", $"The JSON cannot be read at {json.Path}.");
            // The framework's words for it are for programmers of endpoints.
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad when bad.Message.StartsWith("Implicit body", StringComparison.Ordinal):
                return http.WriteProblem(400, "request.malformed", "此请求须带 JSON 内容。", "This request needs a JSON body.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad:
                return http.WriteProblem(400, "request.malformed", "请求无法读取。", bad.Message);
            case BadHttpRequestException bad:
                return Refused(http, bad.StatusCode);
            case NpgsqlException { IsTransient: true } or TimeoutException:
                http.Response.Headers.RetryAfter = "1";
                return http.WriteProblem(503, "unavailable", "暂时无法处理，请稍后重试。", "This cannot be done right now. Try again shortly.");
            default:
                return http.WriteProblem(500, "internal", "内部错误，请凭 traceId 联系我们。", "Something went wrong on our side. Tell us the traceId.");
        }
    }

    private static Task Refused(HttpContext http, int status) => status switch
    {
        404 => http.WriteProblem(404, "route.unknown", "没有这个地址。", "There is nothing at this address."),
        405 => http.WriteProblem(405, "method.not_allowed", "此地址不支持该方法。", "This address does not know that method."),
        413 => http.WriteTooLarge(),
        415 => http.WriteProblem(415, "request.unsupported_media_type", "请使用 application/json。", "Send application/json."),
        _ => http.WriteProblem(status, "request.refused", "请求被拒绝。", "The request was refused."),
    };
}
