using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Expo.Kernel.Http;

/// <summary>The version that the caller insists on; an endpoint just asks for it as a parameter.</summary>
public readonly record struct IfMatch(long? Version) : IEndpointParameterMetadataProvider
{
    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new ReadsParameter("ifMatch"));

    /// <summary>Reads the header; one that cannot be read is a malformed request, never ignored.</summary>
    public static ValueTask<IfMatch> BindAsync(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch;
        if (header.Count == 0 || header == "*")
            return ValueTask.FromResult(default(IfMatch));

        var text = header.ToString();
        return text is ['"', .., '"'] && long.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ValueTask.FromResult(new IfMatch(version))
            : throw new BadHttpRequestException("If-Match must be one ETag, such as \"3\".");
    }
}
