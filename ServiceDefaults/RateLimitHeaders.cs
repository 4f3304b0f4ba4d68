using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Expo.ServiceDefaults;

/// <summary>
/// <c>RateLimit-Policy</c> and <c>RateLimit</c> as draft-ietf-httpapi-ratelimit-headers-11 has them. Its syntax has changed before: whoever reads or writes
/// these headers does it here.
/// </summary>
public static class RateLimitHeaders
{
    private const string Policy = "RateLimit-Policy";
    private const string Limit = "RateLimit";

    /// <summary>Says how the client stands, before what the headers say already.</summary>
    public static void Write(HttpResponse response, params IReadOnlyList<RateStanding> standings)
    {
        var headers = response.Headers;
        headers[Policy] = Joined(standings.Select(s => string.Create(CultureInfo.InvariantCulture, $"\"{s.Name}\";q={s.Quota};w={s.WindowSeconds}")), headers[Policy]);
        headers[Limit] = Joined(standings.Select(s => string.Create(CultureInfo.InvariantCulture, $"\"{s.Name}\";r={s.Remaining};t={s.ResetSeconds}")), headers[Limit]);
    }

    /// <summary>Answers 429; <c>Retry-After</c> is when the budget that did not suffice is whole again.</summary>
    public static Task Refuse(HttpContext http, RateStanding standing)
    {
        http.Response.Headers.RetryAfter = standing.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        return http.WriteProblem(StatusCodes.Status429TooManyRequests, "rate.limited", "请求过于频繁，请稍后重试。", "Too many requests. Try again after the time in Retry-After.");
    }

    private static string Joined(IEnumerable<string> ours, StringValues theirs) => string.Join(", ", ours.Concat(theirs.OfType<string>()));
}
