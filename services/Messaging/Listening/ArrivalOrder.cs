using MassTransit;

namespace Expo.Messaging.Listening;

/// <summary>Lets messages into their streams in the order in which the broker delivered them: dispatched side by side, they may arrive here in another one.</summary>
internal sealed class ArrivalOrder
{
    // All that were delivered arrive, on a busy machine a little later; but nobody is to wait for ever for one that does not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What was delivered over a channel that was lost may still arrive beside what comes over the next one.
    private const int Remembered = 3;

    private readonly Lock ordering = new();
    private readonly StreamGate streams = new();
    private readonly List<Channel> channels = [];

    /// <summary>Waits for those delivered before, and for its turn in its stream.</summary>
    public async Task<IDisposable?> Enter(ReceiveContext context, Guid stream, CancellationToken ct)
    {
        if (!context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery))
            return await streams.Enter(stream, Timeout.InfiniteTimeSpan, ct);

        Channel channel;
        Task<Task<IDisposable?>> turn;
        lock (ordering)
            turn = (channel = Of(delivery)).Arrive(delivery.DeliveryTag, stream);
        if (!turn.IsCompleted)
        {
            await Task.WhenAny(turn, Task.Delay(Patience, ct));
            lock (ordering)
                channel.WaitNoLonger(delivery.DeliveryTag);
        }

        return await await turn;
    }

    /// <summary>This one will not enter.</summary>
    public void Pass(ReceiveContext context)
    {
        if (!context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery))
            return;
        lock (ordering)
            Of(delivery).Arrive(delivery.DeliveryTag, null);
    }

    private Channel Of(RabbitMqBasicConsumeContext delivery)
    {
        if (channels.Find(channel => channel.Consumer == delivery.ConsumerTag) is { } known)
            return known;
        if (channels.Count == Remembered)
            channels.RemoveAt(0);
        channels.Add(new Channel(delivery.ConsumerTag, streams));
        return channels[^1];
    }

    /// <summary>What one consumer was delivered over one channel, numbered from one.</summary>
    internal sealed class Channel(string consumer, StreamGate streams)
    {
        private readonly SortedDictionary<ulong, (Guid? Stream, TaskCompletionSource<Task<IDisposable?>> Turn)> early = [];
        private ulong next = 1;

        public string Consumer => consumer;

        /// <summary>One is here that enters this stream, or none.</summary>
        public Task<Task<IDisposable?>> Arrive(ulong tag, Guid? stream)
        {
            var turn = new TaskCompletionSource<Task<IDisposable?>>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (tag < next)
                Start(stream, turn);
            else if (early.TryAdd(tag, (stream, turn)))
                LetIn();
            return turn.Task;
        }

        /// <summary>It enters now, and before it those delivered before it that are here.</summary>
        public void WaitNoLonger(ulong tag)
        {
            if (tag < next)
                return;
            foreach (var one in early.Keys.TakeWhile(earlier => earlier <= tag).ToArray())
            {
                early.Remove(one, out var waiting);
                Start(waiting.Stream, waiting.Turn);
            }

            next = tag + 1;
            LetIn();
        }

        private void LetIn()
        {
            while (early.Remove(next, out var waiting))
            {
                Start(waiting.Stream, waiting.Turn);
                next++;
            }
        }

        // Asking for the turn here, one after another, is what keeps the order: the gate serves those who wait in the order in which they came.
        private void Start(Guid? stream, TaskCompletionSource<Task<IDisposable?>> turn) =>
            turn.SetResult(stream is { } id ? streams.Enter(id, Timeout.InfiniteTimeSpan, CancellationToken.None) : Task.FromResult<IDisposable?>(null));
    }
}
