using System.Text.Json.Nodes;

namespace Expo.Gateway.Reference;

/// <summary>
/// The descriptions of all services as one: names get their service before them (<c>registration_SignIn</c>, <c>RegistrationSignInRequest</c>),
/// and what every service has alike is there once.
/// </summary>
internal static class JoinedDescription
{
    private const string Schemas = "#/components/schemas/";

    private static readonly string[] Common = ["FieldError", "Problem", "Text"];

    /// <summary>Joins the documents; each is used up.</summary>
    public static JsonObject Join(IEnumerable<(string Service, JsonObject Description)> services)
    {
        var (paths, tags, components) = (new JsonObject(), new JsonArray(), new JsonObject());
        foreach (var (service, description) in services)
        {
            var prefix = char.ToUpperInvariant(service[0]) + service[1..];
            Rename(description, prefix);
            foreach (var (path, item) in Taken(description["paths"]))
            {
                foreach (var (_, operation) in item!.AsObject())
                    Rename(operation!.AsObject(), service, prefix);
                paths.Add(path, item);
            }

            foreach (var tag in description["tags"]?.AsArray() ?? [])
                tags.Add(new JsonObject { ["name"] = Tag(prefix, (string)tag!["name"]!) });
            foreach (var (kind, members) in Taken(description["components"]))
                Add(components, kind, members, prefix);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ExpoPlatform",
                ["version"] = "v1",
                ["description"] = "Every service of the platform behind one address. Details of problems are in zh or en, by Accept-Language.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = components,
            ["tags"] = tags,
        };
    }

    private static void Add(JsonObject components, string kind, JsonNode? members, string prefix)
    {
        var all = components[kind]?.AsObject() ?? [];
        components[kind] ??= all;
        foreach (var (name, member) in Taken(members))
        {
            if (all[kind == "schemas" ? NameOf(name, prefix) : name] is not { } known)
                all.Add(kind == "schemas" ? NameOf(name, prefix) : name, member);
            else if (kind == "securitySchemes")
                AddScopes(known, member!);
        }
    }

    private static void AddScopes(JsonNode known, JsonNode other)
    {
        foreach (var (scope, about) in Taken(other["flows"]?["clientCredentials"]?["scopes"]))
            known["flows"]!["clientCredentials"]!["scopes"]![scope] = about;
    }

    private static void Rename(JsonObject operation, string service, string prefix)
    {
        operation["operationId"] = $"{service}_{(string)operation["operationId"]!}";
        if (operation["tags"] is JsonArray tags)
            operation["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)Tag(prefix, (string)tag!))]);
    }

    private static void Rename(JsonNode? node, string prefix)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["$ref"] is JsonValue reference && (string)reference! is var target && target.StartsWith(Schemas, StringComparison.Ordinal))
                    members["$ref"] = Schemas + NameOf(target[Schemas.Length..], prefix);
                foreach (var (_, member) in members)
                    Rename(member, prefix);
                break;
            case JsonArray items:
                foreach (var item in items)
                    Rename(item, prefix);
                break;
        }
    }

    private static string NameOf(string schema, string prefix) => Common.Contains(schema) ? schema : prefix + schema;

    private static string Tag(string prefix, string tag) => $"{prefix}: {tag}";

    // A node has one parent: what moves to another document leaves its own.
    private static List<KeyValuePair<string, JsonNode?>> Taken(JsonNode? from)
    {
        var members = from?.AsObject().ToList() ?? [];
        from?.AsObject().Clear();
        return members;
    }
}
