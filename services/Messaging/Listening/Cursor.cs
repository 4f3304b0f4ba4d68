namespace Expo.Messaging.Listening;

/// <summary>Positions after the first and up to the last that a queue has nothing left to hear of.</summary>
public sealed record Span(long After, long UpTo);

/// <summary>How far a queue has heard a source's messages of one type: everything up to <c>Position</c>, and what came ahead of it.</summary>
public sealed record Cursor(Guid Id, string Queue, string Source, string Type, string? Epoch, long Position, IReadOnlyList<Span> Ahead)
{
    /// <summary>When a replay was last asked for.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>How often it was asked for since the cursor last moved.</summary>
    public int Asks { get; init; }

    /// <summary>The cursor of somebody who has never listened.</summary>
    public static Cursor New(string queue, string source, string type) => new(IdOf(queue, source, type), queue, source, type, null, 0, []);

    /// <summary>The id of this queue's cursor.</summary>
    public static Guid IdOf(string queue, string source, string type) => NaturalId.For("cursor", queue, source, type);

    /// <summary>After more was dealt with; where spans leave no hole, the position moves.</summary>
    public Cursor Heard(IEnumerable<Span> spans)
    {
        var position = Position;
        var ahead = new List<Span>();
        foreach (var span in Ahead.Concat(spans).Where(span => span.UpTo > span.After).OrderBy(span => span.After).ThenBy(span => span.UpTo))
        {
            if (span.After <= position)
                position = Math.Max(position, span.UpTo);
            else if (ahead.Count > 0 && span.After <= ahead[^1].UpTo)
                ahead[^1] = ahead[^1] with { UpTo = Math.Max(ahead[^1].UpTo, span.UpTo) };
            else
                ahead.Add(span);
        }

        return this with { Position = position, Ahead = ahead, Asks = position > Position ? 0 : Asks };
    }

    /// <summary>Whether a replay is due: never listened, the source was restored from a backup, or behind for longer than the patience, which grows with every request.</summary>
    public bool MustAsk(string epoch, DateTimeOffset? behindSince, DateTimeOffset now, TimeSpan patience)
    {
        if (Epoch is null ? Position == 0 : Epoch != epoch)
            return true;
        var wait = patience * Math.Pow(2, Math.Min(Asks, 4));
        return behindSince is { } since && now - since >= patience && (AskedAt is not { } asked || now - asked >= wait);
    }

    /// <summary>After asking; in another epoch nothing heard before counts.</summary>
    public Cursor Asked(string epoch, DateTimeOffset now) =>
        (Epoch is null || Epoch == epoch ? this : this with { Position = 0, Ahead = [] }) with { Epoch = epoch, AskedAt = now, Asks = Asks + 1 };
}
