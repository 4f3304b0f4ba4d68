using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;

namespace Marten.Events.Daemon;

/// <summary>What a subscription said about one page.</summary>
internal sealed class PageController(ShardAgent agent, ShardExecutionMode mode, long floor) : ISubscriptionController
{
    public ShardExecutionMode Mode { get; } = mode;
    public ErrorHandlingOptions ErrorOptions => agent.ErrorOptions;
    public ShardName Name => agent.Name;
    public AsyncOptions Options => agent.Options;

    /// <summary>The last event known to be done, whatever happens to the rest of the page.</summary>
    public long Reached { get; private set; } = floor;

    public Exception? Failure { get; private set; }

    public ValueTask MarkSuccessAsync(long processedCeiling)
    {
        Reached = Math.Max(Reached, processedCeiling);
        return ValueTask.CompletedTask;
    }

    public Task ReportCriticalFailureAsync(Exception ex) => ReportCriticalFailureAsync(ex, Reached);

    public Task ReportCriticalFailureAsync(Exception ex, long lastProcessed)
    {
        Failure = ex;
        return MarkSuccessAsync(lastProcessed).AsTask();
    }

    public Task RecordDeadLetterEventAsync(IEvent @event, Exception ex) => agent.RecordDeadLetterEventAsync(@event, ex);
}
