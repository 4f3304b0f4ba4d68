using System.Text.Json.Serialization;

namespace Expo.Kernel.Vocabulary;

/// <summary>A text in several languages (BCP 47): <c>zh</c> is required, <c>en</c> and others are optional; machine translations are marked.</summary>
[JsonConverter(typeof(TextJson))]
public sealed class Text : IEquatable<Text>
{
    /// <summary>The member that lists machine-translated languages; too long to be a language tag itself.</summary>
    internal const string MachineMember = "machineTranslated";

    private readonly SortedDictionary<string, string> texts;

    /// <summary>Chinese, and English when there is one.</summary>
    public Text(string zh, string? en = null) : this(en is null ? [new("zh", zh)] : [new("zh", zh), new("en", en)], []) { }

    /// <summary>Any languages, with those that a machine translated.</summary>
    public Text(IEnumerable<KeyValuePair<string, string>> texts, IEnumerable<string> machineTranslated)
    {
        this.texts = new(texts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        MachineTranslated = machineTranslated.Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>The Chinese text; empty when a caller left it out (validation refuses that).</summary>
    public string Zh => texts.GetValueOrDefault("zh", "");

    /// <summary>The English text, if any.</summary>
    public string? En => texts.GetValueOrDefault("en");

    /// <summary>Every language with its text.</summary>
    public IReadOnlyDictionary<string, string> Languages => texts;

    /// <summary>The languages whose text a machine translated; the others were written by people.</summary>
    public IReadOnlyList<string> MachineTranslated { get; }

    /// <summary>The text in the language asked for, else in Chinese.</summary>
    public string In(string language) => texts.GetValueOrDefault(language, Zh);

    /// <inheritdoc />
    public bool Equals(Text? other) =>
        other is not null && texts.SequenceEqual(other.texts) && MachineTranslated.SequenceEqual(other.MachineTranslated);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Text);

    /// <inheritdoc />
    public override int GetHashCode() => texts.Aggregate(0, (hash, text) => HashCode.Combine(hash, text.Key, text.Value));

    /// <inheritdoc />
    public override string ToString() => Zh;
}

/// <summary>Writes a text as a flat map, <c>{"zh":"…","en":"…","machineTranslated":["en"]}</c>.</summary>
internal sealed class TextJson : JsonConverter<Text>
{
    public override Text Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A text is a map of language to text.");

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] machine = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == Text.MachineMember)
                machine = JsonSerializer.Deserialize<string[]>(ref reader, options) ?? [];
            else if (reader.TokenType != JsonTokenType.String || !texts.TryAdd(name, reader.GetString()!))
                throw new JsonException("A text has one string for each language.");
        }

        return new Text(texts, machine);
    }

    public override void Write(Utf8JsonWriter writer, Text value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (language, text) in value.Languages)
            writer.WriteString(language, text);
        if (value.MachineTranslated.Count > 0)
        {
            writer.WritePropertyName(Text.MachineMember);
            JsonSerializer.Serialize(writer, value.MachineTranslated, options);
        }

        writer.WriteEndObject();
    }
}
