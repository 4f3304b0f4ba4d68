using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Expo.Gateway.Tests;

/// <summary>Reads answers the way a careful client does.</summary>
internal static class Problem
{
    /// <summary>The answer is a complete problem of this status and code.</summary>
    public static async Task<JsonObject> AssertProblem(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.Equal($"https://docs.expo.example/problems/{code}", (string?)problem["type"]);
        Assert.Equal(32, ((string?)problem["traceId"])?.Length);
        Assert.NotNull((string?)problem["title"]);
        Assert.NotNull((string?)problem["detail"]);
        return problem;
    }
}
