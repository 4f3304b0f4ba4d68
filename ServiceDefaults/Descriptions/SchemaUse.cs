using Microsoft.OpenApi;

namespace Expo.ServiceDefaults.Descriptions;

/// <summary>
/// What a member must be depends on who writes it. A caller must send what is needed and nothing unknown; we send every member we know,
/// and may know more tomorrow. A schema that goes both ways keeps the caller's rules.
/// </summary>
internal static class SchemaUse
{
    public static void Complete(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        var operations = document.Paths.Values.SelectMany(path => path.Operations!.Values).ToList();
        var sent = new HashSet<string>();
        foreach (var body in operations.Select(operation => operation.RequestBody?.Content).OfType<IDictionary<string, OpenApiMediaType>>().SelectMany(content => content.Values))
            Follow(body.Schema, schemas, sent);

        foreach (var (name, schema) in schemas)
        {
            if (schema is OpenApiSchema { } own && DescribedSchema.MembersOf(own) is { } members)
                Complete(own, members, sent.Contains(name));
        }

        var used = new HashSet<string> { "Problem", "FieldError", "Text" };
        foreach (var answer in operations.SelectMany(operation => operation.Responses!.Values).OfType<OpenApiResponse>())
        {
            foreach (var media in answer.Content?.Values ?? [])
                Follow(media.Schema, schemas, used);
        }

        foreach (var parameter in operations.SelectMany(operation => operation.Parameters ?? []))
            Follow(parameter is OpenApiParameter own ? own.Schema : null, schemas, used);
        foreach (var name in schemas.Keys.Where(name => !used.Contains(name) && !sent.Contains(name)).ToList())
            schemas.Remove(name);
    }

    private static void Complete(OpenApiSchema schema, DescribedSchema.Members members, bool isSent)
    {
        schema.Required = isSent ? members.Needed.ToHashSet() : members.AlwaysWritten.ToHashSet();
        if (!isSent)
            schema.AdditionalPropertiesAllowed = true;
        foreach (var name in schema.Properties?.Keys.ToList() ?? [])
        {
            if (isSent && members.Needed.Contains(name))
                schema.Properties![name] = NotNull(schema.Properties[name]);
            if (members.Words.TryGetValue(name, out var words))
                schema.Properties![name].Description = words;
        }
    }

    private static IOpenApiSchema NotNull(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchema { Type: { } type } own)
            own.Type = type & ~JsonSchemaType.Null;
        return schema is OpenApiSchema { OneOf: { Count: 2 } either } && either.FirstOrDefault(one => one.Type != JsonSchemaType.Null) is { } only ? only : schema;
    }

    private static void Follow(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> seen)
    {
        if (schema is null)
            return;
        if (schema is OpenApiSchemaReference { Reference.Id: { } name })
        {
            if (seen.Add(name))
                Follow(schemas.TryGetValue(name, out var target) ? target : null, schemas, seen);
            return;
        }

        IEnumerable<IOpenApiSchema?> parts =
        [
            schema.Items, schema.AdditionalProperties,
            .. schema.Properties?.Values ?? [], .. schema.OneOf ?? [], .. schema.AnyOf ?? [], .. schema.AllOf ?? [],
        ];
        foreach (var part in parts)
            Follow(part, schemas, seen);
    }
}
