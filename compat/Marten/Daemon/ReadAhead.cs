using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;

namespace Marten.Events.Daemon;

/// <summary>Hands out pages in order, and reads the next one while this one is worked on.</summary>
internal sealed class ReadAhead(ShardPages pages)
{
    private Task<EventRange>? _next;
    private long _nextFloor;

    public async Task<EventRange> Take(long floor, long ceiling, ErrorHandlingOptions errors, CancellationToken ct)
    {
        var page = await (_next is { } next && _nextFloor == floor ? next : pages.Load(floor, ceiling, errors, ct));
        Forget();
        if (!page.IsFull || page.SequenceCeiling >= ceiling) return page;
        _nextFloor = page.SequenceCeiling;
        _next = pages.Load(_nextFloor, ceiling, errors, ct);
        return page;
    }

    /// <summary>After a failure everything is read anew.</summary>
    public void Forget() => Interlocked.Exchange(ref _next, null)?.ContinueWith(
        static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
