namespace Expo.Contracts.Platform;

/// <summary>How far a service's messages go. Sent by every relay, every few seconds. Heard by: every service (whoever is behind asks for a replay).</summary>
/// <param name="Source">The service that tells.</param>
/// <param name="Epoch">Changes when its event store was restored from a backup: what was heard before may never have happened.</param>
/// <param name="Heads">The last position of each type of message.</param>
/// <param name="CardKey">The public key (P-256, SubjectPublicKeyInfo, base64) to which personal data for this service are sealed.</param>
public sealed record FeedHead(string Source, string Epoch, IReadOnlyList<FeedPosition> Heads, string? CardKey = null);

/// <summary>Where the messages of one type end.</summary>
/// <param name="Type">The type, as <c>Namespace:Name</c>.</param>
/// <param name="Position">The position of the last one in its service's event store.</param>
public sealed record FeedPosition(string Type, long Position);
