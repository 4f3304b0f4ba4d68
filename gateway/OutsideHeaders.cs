namespace Expo.Gateway;

/// <summary>
/// Nothing a caller writes may look as if the platform had written it. No public endpoint takes an <c>X-</c> header, so all of them
/// (X-User, X-Tenant, X-Forwarded-For, X-HTTP-Method-Override, …) end here; the proxy then writes its own X-Forwarded-*.
/// </summary>
internal static class OutsideHeaders
{
    private static readonly string[] Internal = ["X-", "X_", "Expo-", "Forwarded"];

    public static void UseOutsideHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Request.Headers;
        foreach (var name in headers.Keys.Where(IsInternal).ToList())
        {
            headers.Remove(name);
        }
        return next(http);
    });

    private static bool IsInternal(string name) => Internal.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
