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
            routes.MapGet(page, () => Serve("index.html"));
        }

        routes.MapGet("/web/{file}", Serve);
    }

    private static Results<FileStreamHttpResult, NotFound> Serve(string file) =>
        Types.TryGetValue(Path.GetExtension(file), out var type) && Here.GetManifestResourceStream(Prefix + file) is { } stream
            ? TypedResults.Stream(stream, type)
            : TypedResults.NotFound();
}
