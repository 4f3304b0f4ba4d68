using MassTransit;

namespace Expo.Messaging;

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
    /// <summary>The type of the message, as <c>Namespace:Name</c>, for those that cannot read it.</summary>
    public const string Type = "expo-type";
    /// <summary>A position after which the source has told no message of this type before this one; absent where that is not known.</summary>
    public const string Previous = "expo-previous";
    /// <summary>Personal data that the message hands over, each sealed for one service.</summary>
    public const string Cards = "expo-cards";
}

/// <summary>What a message that came says of itself in its headers; what a stranger leaves out is empty.</summary>
internal sealed record Incoming(string Queue, Guid Id, string Source, string Type, Guid Stream, long Version, long Position, long? Previous, string? Edition)
{
    public static Incoming Of(ReceiveContext context, string queue)
    {
        var headers = context.TransportHeaders;
        var position = headers.Get<long>(MessageHeaders.Position) ?? 0;
        var id = context.GetMessageId() ?? NaturalId.FromHash(System.Security.Cryptography.SHA256.HashData(context.Body.GetBytes()));
        return new Incoming(
            queue, id, headers.Get<string>(MessageHeaders.Source) ?? "", headers.Get<string>(MessageHeaders.Type) ?? "",
            Guid.TryParse(headers.Get<string>(MessageHeaders.Stream), out var stream) ? stream : id,
            headers.Get<long>(MessageHeaders.Version) ?? 0, position, headers.Get<long>(MessageHeaders.Previous), headers.Get<string>(MessageHeaders.Edition));
    }
}

/// <summary>The settings under <c>Messaging</c>.</summary>
public sealed record MessagingSettings
{
    /// <summary>How often a relay says how far it is.</summary>
    public TimeSpan HeadEvery { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long a consumer may stay behind without moving before it asks for a replay.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
    /// <summary>How long a relay waits for somebody to listen to a type of message before it goes on without.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>How long a queue that nobody can listen to may take to answer before it is made anew.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>How many messages a replay sends in a second at most.</summary>
    public int ReplayPerSecond { get; init; } = 5000;
    /// <summary>How often a consumer tries a message that fails for a reason of its own, before it is parked.</summary>
    public int Tries { get; init; } = 4;
    /// <summary>The broker's management API; without it, no policies are set.</summary>
    public Uri? Management { get; init; }
}
