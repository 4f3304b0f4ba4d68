using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Expo.Dashboard.Resources;

namespace Expo.NativeHosting;

/// <summary>Reads what several resources wrote as one text in the order of time.</summary>
internal static class ConsoleReading
{
    private const int Pending = 10_000;

    /// <summary>The last lines of these resources.</summary>
    public static IReadOnlyList<ConsoleLine> Last(this ResourceLoggerService loggers, IReadOnlyCollection<string> names, int count) =>
        [.. names.SelectMany(name => loggers.LastEntries(name, count)).OrderBy(line => line.Time).TakeLast(count)];

    /// <summary>The last lines, then each as it is written; who reads too slowly misses the oldest.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<ConsoleLine>> FollowAsync(
        this ResourceLoggerService loggers, IReadOnlyCollection<string> names, int count, [EnumeratorCancellation] CancellationToken ct)
    {
        var wanted = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var written = Channel.CreateBounded<ConsoleLine>(new BoundedChannelOptions(Pending) { FullMode = BoundedChannelFullMode.DropOldest });
        loggers.Written += Written;
        try
        {
            // What is written meanwhile is in both: numbers tell.
            var known = names.ToDictionary(name => name, name => loggers.LastEntries(name, 1) is [var line] ? line.Number : 0, StringComparer.OrdinalIgnoreCase);
            yield return [.. loggers.Last(names, count).Where(line => line.Number <= known[line.Resource])];
            while (await written.Reader.WaitToReadAsync(ct).ConfigureAwait(false))
            {
                var lines = new List<ConsoleLine>();
                while (written.Reader.TryRead(out var line))
                {
                    if (line.Number > known[line.Resource])
                    {
                        lines.Add(line);
                    }
                }

                if (lines.Count > 0)
                {
                    yield return lines;
                }
            }
        }
        finally
        {
            loggers.Written -= Written;
        }

        void Written(ConsoleLine line)
        {
            if (wanted.Contains(line.Resource))
            {
                written.Writer.TryWrite(line);
            }
        }
    }
}
