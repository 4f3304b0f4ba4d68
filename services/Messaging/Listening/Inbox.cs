using MassTransit;

namespace Expo.Messaging.Listening;

/// <summary>Fills in the call for a consumer: what message made it act.</summary>
internal sealed class InboxFilter<T>(Call call) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        call.Cause = new Cause(
            consumer,
            context.MessageId ?? throw new InvalidOperationException($"A {typeof(T).Name} came without a message id."),
            typeof(T).Name,
            context.Headers.Get<long>(MessageHeaders.Version) ?? 0);
        call.Actor = context.Headers.Get<string>(MessageHeaders.Source) ?? "unknown";
        call.Edition = context.Headers.Get<string>(MessageHeaders.Edition);
        await next.Send(context);
        if (call.HandledBefore)
            Telemetry.Skipped.Add(1, new KeyValuePair<string, object?>(Telemetry.Queue, consumer));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
