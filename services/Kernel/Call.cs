using System.Diagnostics;

namespace Expo.Kernel;

/// <summary>Why a decision is being made: who asks, in which edition, through which door. One per request, message or timer; the edges fill it in.</summary>
public sealed class Call
{
    /// <summary>The account, or the name of the process, that acts; written to each event.</summary>
    public string Actor { get; set; } = "system";
    /// <summary>The edition that new events belong to, or none for what goes on all year.</summary>
    public string? Edition { get; set; }
    /// <summary>The language that the caller wants to read: <c>zh</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh";
    /// <summary>The message that caused this call, when one did.</summary>
    public Cause? Cause { get; set; }
    /// <summary>The caller's idempotency key, when one was sent.</summary>
    public IdempotentRequest? Idempotent { get; set; }
    /// <summary>The version of the last stream that was written or found, for the ETag.</summary>
    public long? Version { get; set; }
    /// <summary>An earlier answer to the same request, to be given again.</summary>
    public StoredAnswer? Replay { get; set; }
    /// <summary>Whether the message that caused this call had been handled before.</summary>
    public bool HandledBefore { get; internal set; }
    /// <summary>Writes who, why and in which edition to everything the session appends.</summary>
    internal void Stamp(IDocumentSession session)
    {
        session.LastModifiedBy = Actor;
        session.CorrelationId = Activity.Current?.TraceId.ToHexString();
        // With the trace above: what is told of the event later goes on from here.
        if (Activity.Current is { } activity)
            session.SetHeader("span", activity.SpanId.ToHexString());
        session.CausationId = Cause?.MessageId.ToString();
        if (Edition is not null)
            session.SetHeader("edition", Edition);
        if (Cause is not null)
            session.SetHeader("message", Cause.MessageName);
    }
}

/// <summary>The message that made us act: its id (that of the event it tells of), its type name, and that event's version in its own stream. No consumer: a timer carries on what the message began.</summary>
public sealed record Cause(string? Consumer, Guid MessageId, string MessageName, long Version);
