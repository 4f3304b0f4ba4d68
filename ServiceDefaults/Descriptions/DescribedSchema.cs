using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Expo.ServiceDefaults.Descriptions;

/// <summary>Writes into a schema what its attributes and converters say: what is needed, lengths, bounds, codes, and the words of the source.</summary>
internal static class DescribedSchema
{
    private const string About = "expo-about";

    /// <summary>What only whoever knows how the schema is used can write down.</summary>
    internal sealed record Members(IReadOnlySet<string> Needed, IReadOnlySet<string> AlwaysWritten, IReadOnlyDictionary<string, string> Words);

    public static Members? MembersOf(OpenApiSchema schema) => schema.Metadata?.TryGetValue(About, out var about) == true ? about as Members : null;

    public static bool Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Type? text)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
            DescribeCodes(schema, type, context.JsonTypeInfo.Options);
        else if (type == text)
            schema.Type = JsonSchemaType.Object; // the shared one takes its place
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
            DescribeMembers(schema, context.JsonTypeInfo);

        else if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
            schema.Items ??= ItemsOf(element, context, text);

        if (type == typeof(decimal))
            schema.Format = null;
        if (context.JsonPropertyInfo is { } property)
            Constrain(schema, AttributesOf(property));
        else if (context.ParameterDescription?.ParameterDescriptor is IParameterInfoParameterDescriptor { ParameterInfo: { } parameter })
            Constrain(schema, parameter.GetCustomAttributes());
        return true;
    }

    // What a converter writes is unknown to the generator, and items of such a type get no schema at all.
    private static IOpenApiSchema? ItemsOf(Type element, OpenApiSchemaTransformerContext context, Type? text)
    {
        if (element == text)
            return new OpenApiSchemaReference(element.Name, context.Document);
        if (!element.IsEnum)
            return null;
        var codes = new OpenApiSchema();
        DescribeCodes(codes, element, context.JsonTypeInfo.Options);
        return codes;
    }

    private static void DescribeCodes(OpenApiSchema schema, Type type, JsonSerializerOptions options)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, options)!)];
        schema.Description = SourceWords.Of(type);
    }

    private static void DescribeMembers(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.Description ??= SourceWords.Of(type.Type);
        (schema.Metadata ??= new Dictionary<string, object>())[About] = new Members(
            type.Properties.Where(IsNeeded).Select(member => member.Name).ToHashSet(),
            type.Properties.Where(member => member is { Get: not null, ShouldSerialize: null }).Select(member => member.Name).ToHashSet(),
            type.Properties.Select(member => (member.Name, Words: WordsOf(member))).Where(member => member.Words is not null)
                .ToDictionary(member => member.Name, member => member.Words!));
    }

    // What is left out of a record is its type's default; where the bounds exclude that one, it must be there.
    private static bool IsNeeded(JsonPropertyInfo member) => member.IsRequired || AttributesOf(member).Any(attribute => attribute switch
    {
        RequiredAttribute => true,
        RangeAttribute range => member.PropertyType.IsValueType && Nullable.GetUnderlyingType(member.PropertyType) is null
            && !range.IsValid(Activator.CreateInstance(member.PropertyType)),
        _ => false,
    });

    private static string? WordsOf(JsonPropertyInfo member)
    {
        var words = member.AttributeProvider is PropertyInfo property ? SourceWords.Of(property) : null;
        return AttributesOf(member).OfType<MaxLengthAttribute>().FirstOrDefault() is { } max && !IsList(member.PropertyType)
            ? $"{words} At most {max.Length} characters in each language.".TrimStart()
            : words;
    }

    private static bool IsList(Type type) => type.IsArray || type.GetInterfaces().Contains(typeof(System.Collections.IEnumerable));

    private static IEnumerable<Attribute> AttributesOf(JsonPropertyInfo member) =>
        ((ICustomAttributeProvider?[])[member.AssociatedParameter?.AttributeProvider, member.AttributeProvider])
            .SelectMany(provider => provider?.GetCustomAttributes(inherit: true) ?? []).OfType<Attribute>();

    private static void Constrain(OpenApiSchema schema, IEnumerable<Attribute> attributes)
    {
        // Has a name of its own, so it is not only this member's.
        if (schema.Metadata?.TryGetValue("x-schema-id", out var name) == true && name is string { Length: > 0 })
            return;

        var isText = schema.Type?.HasFlag(JsonSchemaType.String) == true;
        var isList = schema.Type?.HasFlag(JsonSchemaType.Array) == true;
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case RequiredAttribute when isText && schema.Format is null:
                    schema.MinLength = Math.Max(schema.MinLength ?? 0, 1);
                    break;
                case StringLengthAttribute length:
                    schema.MaxLength = length.MaximumLength;
                    schema.MinLength = Math.Max(schema.MinLength ?? 0, length.MinimumLength) is > 0 and var least ? least : null;
                    break;
                case MaxLengthAttribute max when isList:
                    schema.MaxItems = max.Length;
                    break;
                case MinLengthAttribute min when isList:
                    schema.MinItems = min.Length;
                    break;
                case RangeAttribute range:
                    schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                    schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                    break;
                case RegularExpressionAttribute expression:
                    schema.Pattern = expression.Pattern;
                    break;
                case AllowedValuesAttribute codes:
                    schema.Enum = [.. codes.Values.Where(code => code is not null).Select(code => (JsonNode)JsonValue.Create(code!.ToString())!)];
                    break;
            }
        }
    }
}
