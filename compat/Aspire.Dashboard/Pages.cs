using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Expo.Dashboard;

/// <summary>The pages, from the assembly itself: one document for every address, and the modules it loads.</summary>
internal static class Pages
{
    private const string Prefix = "web/";
    private static readonly Assembly Here = typeof(Pages).Assembly;

    // What a build serves stays as it is, so browsers keep it for ever; the next build serves it under another address.
    private static readonly string Build = Here.ManifestModule.ModuleVersionId.ToString("N");
    private static readonly string Document = new StreamReader(Here.GetManifestResourceStream(Prefix + "index.html")!).ReadToEnd().Replace("{build}", Build, StringComparison.Ordinal);
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        foreach (var page in (string[])["/", "/resources/{name?}", "/console/{name?}", "/logs", "/traces/{id?}", "/metrics/{id?}", "/flow", "/parked/{id?}", "/projections", "/operations"])
        {
            routes.MapGet(page, () => TypedResults.Text(Document, Types[".html"]));
        }

        routes.MapGet("/web/{build}/{file}", Serve);
    }

    private static Results<FileStreamHttpResult, NotFound> Serve(string build, string file, HttpResponse response)
    {
        if (!Types.TryGetValue(Path.GetExtension(file), out var type) || Here.GetManifestResourceStream(Prefix + file) is not { } stream)
            return TypedResults.NotFound();

        // A page that was opened before the last build asks for what that one had.
        response.Headers.CacheControl = build == Build ? "private, max-age=31536000, immutable" : "no-store";
        return TypedResults.Stream(stream, type);
    }
}
