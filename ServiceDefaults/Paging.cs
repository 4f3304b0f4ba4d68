using System.Buffers.Text;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace Expo.ServiceDefaults;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">Send this one as cursor for the next page; none at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor) : IPage
{
    /// <summary>Makes a page of at most <paramref name="limit"/> items from one more than that; the cursor is the last item's key.</summary>
    public static Page<T> Of(IReadOnlyList<T> oneMore, int limit, Func<T, string> key) =>
        oneMore.Count > limit
            ? new(oneMore.Take(limit).ToArray(), Cursors.Write(key(oneMore[limit - 1])))
            : new(oneMore, null);

    IResult IPage.Continued(string cursor) => TypedResults.Ok(this with { NextCursor = cursor });
}

/// <summary>A page of whatever.</summary>
internal interface IPage
{
    /// <summary>Where it goes on, if it does.</summary>
    string? NextCursor { get; }

    /// <summary>The same page with another cursor.</summary>
    IResult Continued(string cursor);
}

/// <summary>Which page of a list is wanted; an endpoint just asks for it as a parameter.</summary>
/// <param name="Limit">How many items, 1 to 200.</param>
/// <param name="After">The key of the last item seen; empty at the start.</param>
public sealed record Paging(int Limit, string After) : IEndpointParameterMetadataProvider
{
    /// <summary>Reads <c>limit</c> (default 50, at most 200) and <c>cursor</c>.</summary>
    public static ValueTask<Paging> BindAsync(HttpContext http)
    {
        var limit = 50;
        if (http.Request.Query.TryGetValue("limit", out var text) && (!int.TryParse(text, out limit) || limit is < 1 or > 200))
            throw new BadHttpRequestException("limit must be a number from 1 to 200.");
        return ValueTask.FromResult(new Paging(limit, Cursors.Read(http.Request.Query["cursor"].ToString())));
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ReadsParameter("limit"));
        builder.Metadata.Add(new ReadsParameter("cursor"));
    }
}

/// <summary>The pages of every list. A cursor carries the filters it was made under, so a client that follows it cannot change them on the way.</summary>
public static class PagingExtensions
{
    /// <summary>Puts the filters that a cursor carries back into the request, and refuses others beside it; call it before a request is bound.</summary>
    public static void UsePaging(this WebApplication app) => app.Use((http, next) =>
    {
        var cursor = http.Request.Query["cursor"].ToString();
        if (cursor.Length == 0 || http.GetEndpoint()?.Metadata.OfType<ReadsParameter>().Any(parameter => parameter.Name == "cursor") != true)
            return next(http);
        if (http.Request.Query.Keys.Any(name => name is not ("cursor" or "limit")))
            return http.WriteProblem(StatusCodes.Status400BadRequest, "cursor.with_filters",
                "游标已包含筛选条件，请勿同时发送其他参数。", "The cursor carries the filters: send nothing but limit beside it.");

        if (Cursors.Read(cursor).Split('\n') is not [var key, var filters] || filters is not ("" or ['?', ..]))
            throw Cursors.NotOurs;
        var query = QueryHelpers.ParseQuery(filters);
        query["cursor"] = key;
        if (http.Request.Query.TryGetValue("limit", out var limit))
            query["limit"] = limit;
        http.Request.QueryString = QueryString.Create(query);
        return next(http);
    });

    /// <summary>Puts the filters into the cursor of a page, and says where the next one is (<c>Link: …; rel="next"</c>).</summary>
    public static async ValueTask<object?> LinkPages(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var plain = result is INestedHttpResult nested ? nested.Result : result;
        if (plain is not IValueHttpResult { Value: IPage { NextCursor: { } key } page })
            return result;

        var request = context.HttpContext.Request;
        var filters = QueryString.Create(request.Query.Where(filter => filter.Key != "cursor").OrderBy(filter => filter.Key, StringComparer.Ordinal));
        var cursor = Cursors.Write($"{key}\n{filters}");
        context.HttpContext.Response.Headers.Link = $"<{request.PathBase.Add(request.Path)}?cursor={cursor}>; rel=\"next\"";
        return page.Continued(cursor);
    }
}

/// <summary>Text that a client gives back as it got it.</summary>
internal static class Cursors
{
    public static BadHttpRequestException NotOurs => new("cursor must be a nextCursor that was given before.");

    public static string Write(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string Read(string cursor) => Base64Url.IsValid(cursor) && Base64Url.DecodeFromChars(cursor) is var text && !text.Contains((byte)0)
        ? Encoding.UTF8.GetString(text)
        : throw NotOurs;
}
