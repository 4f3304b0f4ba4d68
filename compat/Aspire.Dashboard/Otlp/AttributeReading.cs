using System.Text;

namespace Expo.Dashboard.Otlp;

/// <summary>Reads attributes and their values where they lie, all the way down: what is broken must not be stored.</summary>
internal static class AttributeReading
{
    private const int DeepestValue = 16;

    /// <summary>A name, and the value if it is text.</summary>
    public static Pair Read(ReadOnlyMemory<byte> attribute)
    {
        ReadOnlySpan<byte> key = default, value = default;
        for (var pair = new Wire(attribute); pair.Next();)
        {
            if (pair.Tag == Wire.Of(1))
            {
                key = pair.Value.Span;
            }
            else if (pair.Tag == Wire.Of(2))
            {
                CheckValue(pair.Value, DeepestValue);
                for (var any = new Wire(pair.Value); any.Next();)
                {
                    value = any.Tag == Wire.Of(1) ? any.Value.Span : default;
                }
            }
        }

        return new(key, value);
    }

    /// <summary>Goes through a value.</summary>
    public static void CheckValue(ReadOnlyMemory<byte> value) => CheckValue(value, DeepestValue);

    /// <summary>Goes through a message with attributes among its fields: an event, a link.</summary>
    public static void Check(ReadOnlyMemory<byte> message, int attributes)
    {
        for (var fields = new Wire(message); fields.Next();)
        {
            if (fields.Tag == Wire.Of(attributes))
            {
                Read(fields.Value);
            }
        }
    }

    /// <summary>A value as people read it, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> value)
    {
        var fields = new Wire(value);
        return fields.Next() && fields.Tag == Wire.Of(1) && fields.Value.Length + 8 >= value.Length
            ? fields.Value
            : Encoding.UTF8.GetBytes(AnyValue.Parser.ParseFrom(value.Span).Text());
    }

    // Lists (5) and maps (6) hold values in turn; readers go only so deep.
    private static void CheckValue(ReadOnlyMemory<byte> value, int deepest)
    {
        for (var any = new Wire(value); any.Next();)
        {
            if (any.Tag != Wire.Of(5) && any.Tag != Wire.Of(6))
            {
                continue;
            }

            var isMap = any.Tag == Wire.Of(6);
            for (var items = new Wire(deepest > 0 ? any.Value : throw Wire.Broken()); items.Next();)
            {
                if (items.Tag != Wire.Of(1))
                {
                    continue;
                }

                if (!isMap)
                {
                    CheckValue(items.Value, deepest - 1);
                    continue;
                }

                for (var pair = new Wire(items.Value); pair.Next();)
                {
                    if (pair.Tag == Wire.Of(2))
                    {
                        CheckValue(pair.Value, deepest - 1);
                    }
                }
            }
        }
    }

    /// <summary>A name and its value.</summary>
    public readonly ref struct Pair(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        private readonly ReadOnlySpan<byte> key = key, value = value;

        public void Deconstruct(out ReadOnlySpan<byte> itsKey, out ReadOnlySpan<byte> itsValue)
        {
            itsKey = key;
            itsValue = value;
        }
    }
}
