using Expo.ServiceDefaults;
using Yarp.ReverseProxy.Forwarder;

namespace Expo.Gateway;

/// <summary>A request that reached no service, or got no answer from it, is told so as a problem; it may be sent again.</summary>
internal static class ForwardingProblems
{
    private const string RetryAfterSeconds = "2";

    public static void UseForwardingProblems(this IApplicationBuilder proxy) => proxy.Use(async (http, next) =>
    {
        await next(http);
        if (http.Features.Get<IForwarderErrorFeature>() is { } failure && !http.Response.HasStarted)
        {
            await Explain(http, failure);
        }
    });

    private static Task Explain(HttpContext http, IForwarderErrorFeature failure) => failure switch
    {
        { Error: ForwarderError.RequestBodyClient, Exception: { } error } when TooLarge(error) => http.WriteTooLarge(),
        { Error: ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled or ForwarderError.RequestCanceled } =>
            http.WriteProblem(StatusCodes.Status400BadRequest, "request.malformed", "请求没有完整送达。", "The request did not arrive whole."),
        _ => Unavailable(http),
    };

    private static Task Unavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return http.WriteProblem(StatusCodes.Status503ServiceUnavailable, "unavailable",
            "该服务暂时不可用，请稍后重试。", "This service is not available for the moment. Try again shortly.");
    }

    private static bool TooLarge(Exception error) =>
        error is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
        || (error.InnerException is { } inner && TooLarge(inner))
        || (error is AggregateException many && many.InnerExceptions.Any(TooLarge));
}
