using Expo.Kernel;
using Expo.Kernel.Http;

namespace Expo.Recruitment;

/// <summary>What is asked of partners' requests.</summary>
internal static class PartnerRequests
{
    /// <summary>A request that is no PUT needs an idempotency key, so that its sender may safely send it again.</summary>
    public static RouteHandlerBuilder RequireIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new NeedsIdempotencyKey()).AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        if (http.RequestServices.GetRequiredService<Call>().Idempotent is not null)
            return await next(context);

        await http.WriteProblem(
            StatusCodes.Status400BadRequest, "idempotency.key_required", "此请求须带 Idempotency-Key。", "This request needs an Idempotency-Key.");
        return TypedResults.Empty;
    });
}
