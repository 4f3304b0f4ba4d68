namespace Expo.Kernel.Messaging;

/// <summary>That a consumer has decided on a message for a stream; its id is unique, so the decision commits once.</summary>
public sealed record Handled(Guid Id, string Consumer, Guid MessageId, Guid Stream, DateTimeOffset At)
{
    internal static Handled Of(string consumer, Guid message, Guid stream, DateTimeOffset now) =>
        new(NaturalId.For("handled", consumer, message.ToString("N"), stream.ToString("N")), consumer, message, stream, now);
}
