using Microsoft.OpenApi;

namespace Expo.ServiceDefaults.Descriptions;

/// <summary>Completes the document: what all services share, what only its use decides about a schema, and an order that stays.</summary>
internal static class DescribedDocument
{
    public static bool Complete(OpenApiDocument document, string service)
    {
        document.Info = new()
        {
            Title = $"ExpoPlatform {service}",
            Version = "v1",
            Description = "Details of problems and other texts are in zh or en, by Accept-Language. Unknown members are refused.",
        };
        // Callers come through the gateway; where this process listens is not theirs to know.
        document.Servers?.Clear();
        Share(document);
        DescribeScopes(document);
        SchemaUse.Complete(document);
        Order(document);
        return true;
    }

    private static void Share(OpenApiDocument document)
    {
        var shared = SharedDescription.Read().Components!;
        var components = document.Components ??= new();
        var schemas = components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        foreach (var (name, schema) in shared.Schemas!)
            schemas[name] = schema;
        (components.Parameters, components.Headers, components.Responses, components.SecuritySchemes) =
            (shared.Parameters, shared.Headers, shared.Responses, shared.SecuritySchemes);
    }

    private static void DescribeScopes(OpenApiDocument document)
    {
        var scopes = document.Components!.SecuritySchemes!["clientCredentials"].Flows!.ClientCredentials!.Scopes!;
        foreach (var scope in document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Security ?? [])
            .SelectMany(need => need).Where(need => need.Value.Count > 0).SelectMany(need => need.Value).Distinct().Order(StringComparer.Ordinal))
            scopes[scope] = scope;
    }

    private static void Order(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            foreach (var operation in item.Operations!.Values)
            {
                var answers = new OpenApiResponses();
                foreach (var (status, answer) in operation.Responses!.OrderBy(answer => answer.Key, StringComparer.Ordinal))
                    answers.Add(status, answer);
                operation.Responses = answers;
            }

            paths.Add(path, item);
        }

        document.Paths = paths;
        document.Components!.Schemas = document.Components.Schemas!.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToDictionary();
        document.Tags = document.Tags?.OrderBy(tag => tag.Name, StringComparer.Ordinal).ToHashSet();
    }
}

/// <summary>Descriptions/shared.json: the parts of a description that every service has alike.</summary>
internal static class SharedDescription
{
    private static readonly string Json = Load();

    /// <summary>A copy of one's own.</summary>
    public static OpenApiDocument Read() => OpenApiDocument.Parse(Json, "json").Document!;

    private static string Load()
    {
        using var reader = new StreamReader(typeof(SharedDescription).Assembly.GetManifestResourceStream("shared.json")!);
        return reader.ReadToEnd();
    }
}
