using MassTransit;

namespace Expo.Kernel.Messaging;

/// <summary>That a consumer has decided on a message for a stream; its id is unique, so the decision commits once.</summary>
public sealed record Handled(Guid Id, string Consumer, Guid MessageId, Guid Stream, DateTimeOffset At)
{
    internal static Handled Of(string consumer, Guid message, Guid stream, DateTimeOffset now) =>
        new(NaturalId.For("handled", consumer, message.ToString("N"), stream.ToString("N")), consumer, message, stream, now);
}

/// <summary>How a consumer treats repeats and disorder; every consumer says which.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DeliveryAttribute(Delivery delivery) : Attribute
{
    /// <summary>The kind of reaction.</summary>
    public Delivery Delivery => delivery;
}

/// <summary>The two kinds of reaction to messages that may come again and in another order.</summary>
public enum Delivery
{
    /// <summary>Only the newest version of a stream counts; its decider skips what is older than what it applied.</summary>
    LatestWins,
    /// <summary>Every message counts once, in any order.</summary>
    Counting,
}

/// <summary>The headers of every message.</summary>
public static class MessageHeaders
{
    /// <summary>The service that tells it.</summary>
    public const string Source = "expo-source";
    /// <summary>The event's place in that service's event store.</summary>
    public const string Position = "expo-position";
    /// <summary>The stream the event belongs to.</summary>
    public const string Stream = "expo-stream";
    /// <summary>The event's version in that stream; versions have holes, since private events are not told.</summary>
    public const string Version = "expo-version";
    /// <summary>The edition the event belongs to, if any.</summary>
    public const string Edition = "expo-edition";
}

/// <summary>Fills in the call for a consumer: what message made it act.</summary>
internal sealed class InboxFilter<T>(Call call) : IFilter<ConsumeContext<T>> where T : class
{
    public Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        call.Cause = new Cause(
            consumer,
            context.MessageId ?? throw new InvalidOperationException($"A {typeof(T).Name} came without a message id."),
            typeof(T).Name,
            context.Headers.Get<long>(MessageHeaders.Version) ?? 0);
        call.Actor = context.Headers.Get<string>(MessageHeaders.Source) ?? "unknown";
        call.Edition = context.Headers.Get<string>(MessageHeaders.Edition);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
