using System.Globalization;
using Google.Protobuf.Collections;

namespace Expo.Dashboard.Otlp;

/// <summary>Reads the attributes of OTLP.</summary>
internal static class Attributes
{
    /// <summary>The value of an attribute as text, or nothing.</summary>
    public static string? Find(this RepeatedField<KeyValue> attributes, string key)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Key == key)
            {
                return attribute.Value.Text();
            }
        }

        return null;
    }

    /// <summary>A value as people read it.</summary>
    public static string Text(this AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.ArrayValue => $"[{string.Join(", ", value.ArrayValue.Values.Select(Text))}]",
        AnyValue.ValueOneofCase.KvlistValue => $"{{{string.Join(", ", value.KvlistValue.Values.Select(pair => $"{pair.Key}: {pair.Value.Text()}"))}}}",
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToBase64(),
        _ => "",
    };

    /// <summary>The attributes by name, as people read them.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this RepeatedField<KeyValue> attributes)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            texts[attribute.Key] = attribute.Value.Text();
        }

        return texts;
    }
}
