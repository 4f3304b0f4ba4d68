using System.Buffers;
using System.IO.Compression;

namespace Expo.Dashboard.Otlp;

/// <summary>The bytes of a request, in memory that is used again once they are written.</summary>
internal sealed class Received : IDisposable
{
    private byte[] bytes;
    private int length;

    private Received(int capacity) => bytes = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes.AsMemory(0, length);

    /// <summary>Reads to the end; nothing when there are more than so many.</summary>
    public static async ValueTask<Received?> ReadAsync(Stream body, long? expected, int most, CancellationToken ct)
    {
        if (expected > most)
        {
            return null;
        }

        // One byte more than is expected, so that the end shows without making room for what does not come.
        var received = new Received((int)(expected ?? Buffer) + 1);
        try
        {
            for (int read; (read = await body.ReadAsync(received.Room(), ct).ConfigureAwait(false)) > 0;)
            {
                received.length += read;
                if (received.length > most)
                {
                    received.Dispose();
                    return null;
                }
            }

            return received;
        }
        catch
        {
            received.Dispose();
            throw;
        }
    }

    /// <summary>Unzips; nothing when there would be more than so many.</summary>
    /// <exception cref="InvalidDataException">It is no gzip.</exception>
    public static async ValueTask<Received?> UnzipAsync(ReadOnlyMemory<byte> zipped, int most, CancellationToken ct)
    {
        using var source = new MemoryStream(zipped.ToArray());
        using var unzipped = new GZipStream(source, CompressionMode.Decompress);
        return await ReadAsync(unzipped, null, most, ct).ConfigureAwait(false);
    }

    /// <summary>Gives the memory back; whoever still reads it reads something else.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref bytes, []) is { Length: > 0 } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private const int Buffer = 64 * 1024;

    private Memory<byte> Room()
    {
        if (length == bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
            bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsMemory(length);
    }
}
