using Microsoft.AspNetCore.Http;

namespace Expo.ServiceDefaults;

/// <summary>JSON and addresses may have a NUL, texts in PostgreSQL may not; and a statement that fails on it while it is prepared spoils its connection.</summary>
public static class StorableText
{
    /// <summary>Refuses a request with a character that cannot be stored, as malformed.</summary>
    public static async Task MustBeStorable(this HttpRequest request)
    {
        request.EnableBuffering();
        var body = await new StreamReader(request.Body).ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        if (body.Contains("\\u0000", StringComparison.Ordinal) || request.QueryString.Value!.Contains("%00", StringComparison.Ordinal))
        {
            throw new BadHttpRequestException("A text has a character that cannot be stored.");
        }
    }
}
