namespace Expo.Messaging.Parking;

/// <summary>How parked messages are looked up.</summary>
internal static class ParkedRows
{
    /// <summary>Those that nobody has decided on.</summary>
    public const string IsOpen = "d.data ->> 'Status' in ('parked', 'behind', 'retrying')";

    /// <summary>Each queue's streams of which something is open or was skipped, and how much is open.</summary>
    public const string Streams = $"""
        select concat_ws(' ', d.data ->> 'Queue', d.stream, count(*) filter (where {IsOpen})) from mt_doc_parkedmessage d
        where {IsOpen} or d.data ->> 'Status' = 'skipped' group by d.data ->> 'Queue', d.stream
        """;

    private const string OfStream = $"d.data ->> 'Queue' = ? and d.stream = ? and {IsOpen}";

    /// <summary>What is parked or waits in one stream, oldest first.</summary>
    public static Task<IReadOnlyList<ParkedMessage>> Open(IQuerySession session, string queue, Guid stream, CancellationToken ct) =>
        session.QueryAsync<ParkedMessage>($"where {OfStream} order by (d.data ->> 'Position')::bigint", ct, queue, stream);

    /// <summary>Whether any of these is such.</summary>
    public static async Task<bool> AnyOpen(IQuerySession session, string queue, Guid stream, string condition, object value, CancellationToken ct) =>
        (await session.QueryAsync<bool>($"select exists (select from mt_doc_parkedmessage d where {OfStream} and {condition})", ct, queue, stream, value))[0];
}
