using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Expo.ServiceDefaults;

/// <summary>One page of a list.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Makes a page of at most <paramref name="limit"/> items from one more than that; the cursor is the last item's key.</summary>
    public static Page<T> Of(IReadOnlyList<T> oneMore, int limit, Func<T, string> key) =>
        oneMore.Count > limit
            ? new(oneMore.Take(limit).ToArray(), Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key(oneMore[limit - 1]))))
            : new(oneMore, null);
}

/// <summary>Which page of a list is wanted; an endpoint just asks for it as a parameter.</summary>
/// <param name="Limit">How many items, 1 to 200.</param>
/// <param name="After">The key of the last item seen; empty at the start.</param>
public sealed record Paging(int Limit, string After)
{
    /// <summary>Reads <c>limit</c> (default 50, at most 200) and <c>cursor</c>.</summary>
    public static ValueTask<Paging> BindAsync(HttpContext http)
    {
        var limit = 50;
        if (http.Request.Query.TryGetValue("limit", out var text) && (!int.TryParse(text, out limit) || limit is < 1 or > 200))
            throw new BadHttpRequestException("limit must be a number from 1 to 200.");

        var cursor = http.Request.Query["cursor"].ToString();
        var after = Base64Url.IsValid(cursor) && Base64Url.DecodeFromChars(cursor) is var key && !key.Contains((byte)0)
            ? Encoding.UTF8.GetString(key)
            : throw new BadHttpRequestException("cursor must be a nextCursor that was given before.");
        return ValueTask.FromResult(new Paging(limit, after));
    }
}
