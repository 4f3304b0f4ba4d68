namespace Expo.Contracts.Platform;

/// <summary>A consumer lacks messages and asks for them again, into its own queue only. Sent when a queue is new or was lost, or by an operator. Heard by: every service (the one that is named sends them).</summary>
/// <param name="Source">The service whose messages are wanted.</param>
/// <param name="FromPosition">The position after which they are wanted.</param>
/// <param name="Types">The types of message, as <c>Namespace:Name</c>.</param>
/// <param name="ReplyQueue">The queue that gets them.</param>
/// <param name="Positions">Only the messages at these positions, if given.</param>
public sealed record ReplayRequested(string Source, long FromPosition, IReadOnlyList<string> Types, string ReplyQueue, IReadOnlyList<long>? Positions = null);
