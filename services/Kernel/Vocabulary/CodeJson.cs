using System.Text.Json.Serialization;

namespace Expo.Kernel.Vocabulary;

/// <summary>A code that is not one of those known; unlike other JSON failures it is a matter of content (422).</summary>
public sealed class UnknownCodeException(string code, IEnumerable<string> known) : JsonException($"'{code}' is not one of the known codes.")
{
    /// <summary>The codes that would have been understood.</summary>
    public IReadOnlyList<string> Known { get; } = known.ToArray();
}

/// <summary>Writes enum values as snake_case codes, in JSON over HTTP and in stored events alike.</summary>
public sealed class CodeJson : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(CodeJson<>).MakeGenericType(typeToConvert))!;
}

/// <summary>The codes of one enum.</summary>
internal sealed class CodeJson<T> : JsonConverter<T> where T : struct, Enum
{
    private static readonly Dictionary<T, string> Codes = Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    private static readonly Dictionary<string, T> Values = Codes.ToDictionary(c => c.Value, c => c.Key, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("A code is a string.");
        var code = reader.GetString()!;
        return Values.TryGetValue(code, out var value) ? value : throw new UnknownCodeException(code, Values.Keys);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Codes[value]);

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Values.TryGetValue(reader.GetString()!, out var value) ? value : throw new UnknownCodeException(reader.GetString()!, Values.Keys);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(Codes[value]);
}
