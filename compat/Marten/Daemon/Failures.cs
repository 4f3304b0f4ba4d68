using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Exceptions;

namespace Marten.Events.Daemon;

/// <summary>A subscription reported that it cannot go on.</summary>
internal sealed class ShardStoppedException(ShardName name, Exception inner) : Exception($"'{name}' reported a failure", inner);

internal static class Failures
{
    /// <summary>The chain of failures and where the innermost came from. Messages of others are left out: they may quote an event.</summary>
    public static string Describe(Exception error)
    {
        var parts = new List<string>();
        var innermost = error;
        for (var e = error; e is not null; e = e.InnerException)
        {
            var own = e is MartenException or ApplyEventException or ShardStoppedException or EventLoaderException or ProgressionProgressOutOfOrderException
                or InvalidProjectionException;
            parts.Add(own ? e.Message : e.GetType().FullName ?? e.GetType().Name);
            innermost = e;
        }

        var where = innermost.StackTrace?.Split('\n', 2)[0].Trim();
        return string.Join(" <- ", parts) + (where is null ? "" : $" ({where})");
    }
}
