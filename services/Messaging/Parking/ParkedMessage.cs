namespace Expo.Messaging.Parking;

/// <summary>What becomes of a message that could not be handled.</summary>
public enum ParkedStatus
{
    /// <summary>It failed, and waits for an operator.</summary>
    Parked,
    /// <summary>An earlier message of its stream is parked, so it waits.</summary>
    Behind,
    /// <summary>An operator asked for it again.</summary>
    Retrying,
    /// <summary>It came again and was handled.</summary>
    Handled,
    /// <summary>An operator let it go.</summary>
    Skipped,
}

/// <summary>A message that was put aside: where it stands in its source's event store, from where it is asked for again, and why it failed. Its content is not kept.</summary>
public sealed record ParkedMessage(
    Guid Id, string Queue, Guid MessageId, string Source, string Type, Guid Stream, long Version, long Position, string? Edition,
    ParkedStatus Status, string Reason, int Attempts, DateTimeOffset At)
{
    /// <summary>Who decided what becomes of it.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why they did.</summary>
    public string? Why { get; init; }

    /// <summary>The id of a message in a queue's lot.</summary>
    public static Guid IdOf(string queue, Guid message) => NaturalId.For("parked", queue, message.ToString("N"));

    internal static ParkedMessage Of(Incoming message, ParkedStatus status, string reason, int attempts, DateTimeOffset at) => new(
        IdOf(message.Queue, message.Id), message.Queue, message.Id, message.Source, message.Type, message.Stream, message.Version, message.Position, message.Edition,
        status, reason, attempts, at);

    /// <summary>Whether later messages of its stream must wait for it.</summary>
    public bool IsOpen() => Status is ParkedStatus.Parked or ParkedStatus.Behind or ParkedStatus.Retrying;
}
