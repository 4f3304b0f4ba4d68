using MassTransit;

namespace Expo.Messaging.Listening;

/// <summary>Lets messages into their streams in the order in which the broker delivered them: dispatched side by side, they may arrive here in another one.</summary>
internal sealed class ArrivalOrder
{
    // One that never comes must not hold the others for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock ordering = new();
    private readonly StreamGate streams = new();
    private readonly SortedDictionary<ulong, (Guid Stream, TaskCompletionSource<Task<IDisposable?>> Turn)> early = [];
    private string? channel;
    private ulong next = 1;

    /// <summary>Waits for those delivered before, and for its turn in its stream.</summary>
    public async Task<IDisposable?> Enter(ReceiveContext context, Guid stream, CancellationToken ct)
    {
        if (!context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery))
            return await streams.Enter(stream, Timeout.InfiniteTimeSpan, ct);

        Task<Task<IDisposable?>> turn;
        lock (ordering)
        {
            if (channel != delivery.ConsumerTag)
                Begin(delivery.ConsumerTag);
            var mine = new TaskCompletionSource<Task<IDisposable?>>(TaskCreationOptions.RunContinuationsAsynchronously);
            turn = mine.Task;
            early[delivery.DeliveryTag] = (stream, mine);
            LetIn();
        }

        if (!turn.IsCompleted)
        {
            await Task.WhenAny(turn, Task.Delay(Patience, ct));
            Pass(delivery);
        }

        return await await turn;
    }

    /// <summary>This one will not enter.</summary>
    public void Pass(ReceiveContext context)
    {
        if (context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery))
            Pass(delivery);
    }

    private void Pass(RabbitMqBasicConsumeContext delivery)
    {
        lock (ordering)
        {
            if (channel != delivery.ConsumerTag || next > delivery.DeliveryTag)
                return;
            foreach (var (tag, waiting) in early.TakeWhile(e => e.Key < delivery.DeliveryTag).ToArray())
                Start(tag, waiting);
            next = early.ContainsKey(delivery.DeliveryTag) ? delivery.DeliveryTag : delivery.DeliveryTag + 1;
            LetIn();
        }
    }

    // Those of a channel that was lost will be delivered again anyway.
    private void Begin(string consumer)
    {
        foreach (var (tag, waiting) in early.ToArray())
            Start(tag, waiting);
        (channel, next) = (consumer, 1);
    }

    private void LetIn()
    {
        while (early.TryGetValue(next, out var waiting))
            Start(next++, waiting);
        foreach (var (tag, waiting) in early.TakeWhile(e => e.Key < next).ToArray())
            Start(tag, waiting);
    }

    // Asking for the turn here, one after another, is what keeps the order: the gate serves those who wait in the order in which they came.
    private void Start(ulong tag, (Guid Stream, TaskCompletionSource<Task<IDisposable?>> Turn) waiting)
    {
        early.Remove(tag);
        waiting.Turn.SetResult(streams.Enter(waiting.Stream, Timeout.InfiniteTimeSpan, CancellationToken.None));
    }
}
