using System.Text.Json.Serialization;

/// <summary>Operations such as a service offers, under names of its own, for an account whose password is SAMPLE_OPERATIONS.</summary>
internal static class SampleOperations
{
    // Ada's: a token that says her account's id.
    private const string Own = "e30.eyJzdWIiOiJhY2NvdW50LW9mLWFkYSJ9.x";
    private static int signedIn;

    public static void MapSampleOperations(this IEndpointRouteBuilder open)
    {
        if (Environment.GetEnvironmentVariable("SAMPLE_OPERATIONS") is not { } password)
            return;

        open.MapGet("/openapi/v1.json", () => new { paths = new Dictionary<string, object> { ["/enter"] = new { }, ["/any/operations/lag"] = new { } } });
        open.MapPost("/enter", (Login login) => login == new Login("ada", password) ? Results.Ok(new { accessToken = Own, expiresIn = 600 }) : login == new Login("desk", password)
            ? Results.Ok(new { accessToken = $"token-{Interlocked.Increment(ref signedIn)}", expiresIn = 600 })
            : Results.StatusCode(401));
        open.MapPost("/forget", () => Interlocked.Increment(ref signedIn)); // no token given so far is good any more
        open.MapGet("/any/operations/lag", (HttpRequest request) => Allowed(request) ? Results.Ok(new { signedIn, traced = request.Headers.TraceParent.ToString() }) : Results.StatusCode(401));
        open.MapPost("/any/operations/things/{id}/retry", (HttpRequest request, string id, Why body) => !Allowed(request) ? Results.StatusCode(401)
            : body.Reason is null ? Results.Problem(statusCode: 422, detail: request.Headers.AcceptLanguage == "zh" ? "为何？" : "Why?", extensions: new Dictionary<string, object?> { ["code"] = "why.missing" })
            : Results.Ok(new { subject = id, why = body.Reason, who = request.Headers.Authorization == $"Bearer {Own}" ? "ada" : "desk" }));
    }

    private static bool Allowed(HttpRequest request) => request.Headers.Authorization == $"Bearer token-{signedIn}" || request.Headers.Authorization == $"Bearer {Own}";

    private sealed record Login(string Username, string Password);

    private sealed record Why([property: JsonPropertyName("why")] string? Reason);
}
