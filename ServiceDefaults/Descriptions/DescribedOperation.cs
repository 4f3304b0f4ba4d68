using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Expo.ServiceDefaults.Descriptions;

/// <summary>Writes into an operation what its metadata says: who may call it, the headers it reads and writes, and every status it may answer.</summary>
internal static class DescribedOperation
{
    public static bool Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isOpen = metadata.OfType<IAllowAnonymous>().Any();
        var writes = context.Description.HttpMethod is not ("GET" or "HEAD");
        string[] reads = [.. metadata.OfType<ReadsParameter>().Select(parameter => parameter.Name).Distinct(), .. KeyOf(metadata, writes)];

        DescribeCallers(operation, metadata, isOpen, context.Document!);
        DescribeAnswers(operation, reads, writes, context.Document!);
        foreach (var status in Refusals(operation, context.Description.RelativePath!, reads, writes, isOpen))
            (operation.Responses ??= []).TryAdd(status, new OpenApiResponseReference(status, context.Document));
        foreach (var name in UnsaidPathParameters(operation, context.Description.RelativePath!))
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        foreach (var parameter in reads)
            (operation.Parameters ??= []).Add(new OpenApiParameterReference(parameter, context.Document));
        if (metadata.OfType<RequirementAttribute>().SelectMany(requirement => requirement.Ids).Distinct().Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } ids)
            Extend(operation, "x-requirements", ids);
        return true;
    }

    private static string[] KeyOf(IList<object> metadata, bool writes) =>
        !writes ? [] : metadata.OfType<NeedsIdempotencyKey>().Any() ? ["neededIdempotencyKey"] : ["idempotencyKey"];

    // A group's filters read these; the endpoint itself does not ask for them.
    private static IEnumerable<string> UnsaidPathParameters(OpenApiOperation operation, string path) =>
        path.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)].Split(':')[0])
            .Except((operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path).Select(parameter => parameter.Name).OfType<string>());

    private static void DescribeCallers(OpenApiOperation operation, IList<object> metadata, bool isOpen, OpenApiDocument document)
    {
        operation.Security = [];
        if (isOpen)
            return;

        var scopes = metadata.OfType<NeedsScope>().Select(scope => scope.Name).Distinct().ToList();
        if (scopes.Count > 0)
        {
            operation.Security.Add(new() { [new OpenApiSecuritySchemeReference("clientCredentials", document)] = scopes });
            operation.Description = $"For programs with the scope {string.Join(" and ", scopes)}.";
            return;
        }

        operation.Security.Add(new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
        var roles = metadata.OfType<IAuthorizeData>().Select(authorize => authorize.Roles).OfType<string>().SelectMany(list => list.Split(',')).Distinct().ToArray();
        operation.Description = roles.Length > 0 ? $"For {string.Join(", ", roles)}." : "For everybody who signed in.";
        if (roles.Length > 0)
            Extend(operation, "x-roles", roles);
    }

    private static void DescribeAnswers(OpenApiOperation operation, IReadOnlyList<string> reads, bool writes, OpenApiDocument document)
    {
        foreach (var (status, answer) in operation.Responses!)
        {
            if (answer is not OpenApiResponse accepted || status[0] != '2')
                continue;
            var headers = accepted.Headers ??= new Dictionary<string, IOpenApiHeader>();
            headers["RateLimit"] = new OpenApiHeaderReference("rateLimit", document);
            headers["RateLimit-Policy"] = new OpenApiHeaderReference("rateLimitPolicy", document);
            if (reads.Contains("cursor"))
                headers["Link"] = new OpenApiHeaderReference("link", document);
            else
                headers["ETag"] = new OpenApiHeaderReference("etag", document);
            if (writes)
                headers["Idempotent-Replayed"] = new OpenApiHeaderReference("idempotentReplayed", document);
            if (status == "201")
                headers["Location"] = new OpenApiHeaderReference("location", document);
        }
    }

    private static IEnumerable<string> Refusals(OpenApiOperation operation, string path, IReadOnlyList<string> reads, bool writes, bool isOpen)
    {
        yield return "400";
        if (!isOpen || writes)
            yield return "401";
        if (!isOpen)
            yield return "403";
        if (writes || path.Contains('{', StringComparison.Ordinal))
            yield return "404";
        if (writes)
            yield return "409";
        if (reads.Contains("ifMatch"))
            yield return "412";
        if (operation.RequestBody is not null)
        {
            yield return "413";
            yield return "415";
        }

        if (writes || operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) == true)
            yield return "422";
        yield return "429";
        yield return "503";
    }

    private static void Extend(OpenApiOperation operation, string name, string[] values) =>
        (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())[name] = new JsonNodeExtension(new JsonArray([.. values.Select(value => (JsonNode)value)]));
}
