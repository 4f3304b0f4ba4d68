using System.Security.Cryptography;
using System.Text;

namespace Expo.Kernel.Vocabulary;

/// <summary>Ids for things that the world already names: the same name gives the same id, everywhere.</summary>
public static class NaturalId
{
    /// <summary>The id of the thing of this kind with these names (RFC 9562 version 8, SHA-256 of the parts).</summary>
    public static Guid For(string kind, params ReadOnlySpan<string> names)
    {
        var text = new StringBuilder(kind);
        foreach (var name in names)
            text.Append('\n').Append(name.Length).Append(':').Append(name);
        return FromHash(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>A version 8 id from the first 16 bytes of a hash.</summary>
    public static Guid FromHash(ReadOnlySpan<byte> hash)
    {
        Span<byte> id = stackalloc byte[16];
        hash[..16].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
