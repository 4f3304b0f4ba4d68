using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.ServiceDefaults;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Expo.Gateway.Reference;

/// <summary>The whole API in one document, <c>/openapi.json</c>, and a page to read and try it, <c>/reference</c>. Both are there when a service is not.</summary>
internal static class ReferencePage
{
    /// <summary>The page's own scripts, styles and requests, and nothing else.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Page = "/reference";
    private const string Document = "/openapi.json";

    private static readonly string[] Services = ["registration", "exhibition", "recruitment", "forum", "matchmaking"];

    public static bool IsReference(this HttpRequest request) => request.Path.StartsWithSegments(Page);

    public static void MapReference(this WebApplication app)
    {
        var document = JsonSerializer.SerializeToUtf8Bytes(JoinedDescription.Join(Services.Select(service => (service, Committed(service)))));
        app.MapGet(Document, () => TypedResults.Bytes(document, MediaTypeNames.Application.Json)).AllowAnonymous();
        app.MapSwaggerUI(Page[1..], page =>
        {
            page.DocumentTitle = "ExpoPlatform API";
            page.SwaggerEndpoint(Document, "ExpoPlatform");
            page.DocExpansion(DocExpansion.None);
            page.DisplayOperationId();
            page.EnableFilter();
        }).AllowAnonymous();
        app.MapGet("/", Welcome).AllowAnonymous();
    }

    // A person who opens the address in a browser gets something to read.
    private static Task Welcome(HttpContext http)
    {
        if (http.Request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == MediaTypeNames.Text.Html))
        {
            http.Response.Redirect($"{Page}/index.html");
            return Task.CompletedTask;
        }

        return Routes.Unknown(http);
    }

    private static JsonObject Committed(string service)
    {
        using var file = typeof(ReferencePage).Assembly.GetManifestResourceStream($"openapi/{service}.json")
            ?? throw new InvalidOperationException($"openapi/{service}.json is missing.");
        return JsonNode.Parse(file)!.AsObject();
    }
}
