using System.Buffers.Binary;

namespace Expo.Dashboard.Otlp;

/// <summary>
/// Reads a message in protobuf's wire format where it lies: field by field, nothing copied, nothing made. Most of what arrives is stored as it
/// came and read by few, so making objects of it first would be most of the work.
/// </summary>
internal ref struct Wire(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;
    private const int MostVarintBits = 64;
    private readonly ReadOnlyMemory<byte> message = message;
    private readonly ReadOnlySpan<byte> bytes = message.Span;
    private int at;

    /// <summary>The number of the field, and its wire type: <c>number &lt;&lt; 3 | type</c>.</summary>
    public int Tag { get; private set; }

    /// <summary>The field's value, if it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>The field's value, if it has a length: a string, bytes or a message.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>The tag of a field that has a length.</summary>
    public static int Of(int field) => (field << 3) | Delimited;

    /// <summary>The tag of a field that is a variable-length number.</summary>
    public static int NumberOf(int field) => (field << 3) | Varint;

    /// <summary>The tag of a field that is a number of eight bytes.</summary>
    public static int FixedOf(int field) => (field << 3) | Fixed64;

    /// <summary>Goes to the next field; false at the end.</summary>
    /// <exception cref="InvalidDataException">This is no such message.</exception>
    public bool Next()
    {
        if (at == bytes.Length)
        {
            return false;
        }

        var tag = ReadVarint();
        Tag = tag is > 7 and <= int.MaxValue ? (int)tag : throw Broken();
        switch (Tag & 7)
        {
            case Varint:
                Number = ReadVarint();
                break;
            case Fixed64:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(bytes[Take(sizeof(ulong))..]);
                break;
            case Delimited:
                var length = ReadVarint();
                Value = message.Slice(Take(length > int.MaxValue ? throw Broken() : (int)length), (int)length);
                break;
            case Fixed32:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(bytes[Take(sizeof(uint))..]);
                break;
            default:
                throw Broken();
        }

        return true;
    }

    /// <summary>Nanoseconds, as they are stored; what no clock shows becomes the last moment there is.</summary>
    public static long Time(ulong nanoseconds) => (long)Math.Min(nanoseconds, long.MaxValue);

    /// <summary>What is thrown when the bytes are no such message.</summary>
    public static InvalidDataException Broken() => new("This is not what the protocol says.");

    private int Take(int length)
    {
        var start = at;
        at = length <= bytes.Length - at ? at + length : throw Broken();
        return start;
    }

    private ulong ReadVarint()
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            if (at == bytes.Length || shift >= MostVarintBits)
            {
                throw Broken();
            }

            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }
}
