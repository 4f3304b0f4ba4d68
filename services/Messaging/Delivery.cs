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
}
