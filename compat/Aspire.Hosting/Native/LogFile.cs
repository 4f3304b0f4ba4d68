using System.Threading.Channels;

namespace Expo.NativeHosting;

/// <summary>A resource's output on disk; writers never wait for the disk, the file of the run before is kept beside.</summary>
internal sealed class LogFile : IAsyncDisposable
{
    private const long Largest = 64 * 1024 * 1024;
    private const int Pending = 10_000;

    private readonly Channel<string> lines = Channel.CreateBounded<string>(
        new BoundedChannelOptions(Pending) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly string path;
    private readonly TimeProvider time;
    private readonly Task writing;

    private LogFile(string path, TimeProvider time)
    {
        this.path = path;
        this.time = time;
        writing = WriteAsync();
    }

    public static LogFile Open(string path, TimeProvider time) => new(path, time);

    public void Write(string line) => lines.Writer.TryWrite($"{time.GetUtcNow():HH:mm:ss.fff} {line}");

    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        await Task.Yield();
        var writer = Next();
        try
        {
            while (await lines.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (lines.Reader.TryRead(out var line))
                {
                    await writer.WriteLineAsync(line).ConfigureAwait(false);
                }

                await writer.FlushAsync().ConfigureAwait(false);
                if (writer.BaseStream.Length > Largest)
                {
                    await writer.DisposeAsync().ConfigureAwait(false);
                    writer = Next();
                }
            }
        }
        finally
        {
            await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private StreamWriter Next()
    {
        if (File.Exists(path))
        {
            File.Move(path, $"{path}.1", overwrite: true);
        }

        return new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete));
    }
}
