using Expo.Kernel;
using Expo.Kernel.Vocabulary;

namespace Expo.Registration.SigningKeys;

/// <summary>The public half of a key pair.</summary>
public sealed record PublicKey(Guid Id, string Kid, string X, string Y, DateTimeOffset AddedAt);

/// <summary>The key pairs of one purpose, oldest first.</summary>
public sealed record KeyRing(Guid Id, KeyPurpose Purpose, IReadOnlyList<PublicKey> Keys) : IState<KeyRing>
{
    /// <summary>A new key is published this long before it signs, so that whoever verifies has seen it.</summary>
    public static readonly TimeSpan Announced = TimeSpan.FromSeconds(30);

    // Longer than an access token lives, with room for clocks and caches.
    private static readonly TimeSpan AccessTokensEnd = TimeSpan.FromMinutes(10);

    /// <summary>No keys yet.</summary>
    public KeyRing()
        : this(Guid.Empty, default, [])
    {
    }

    /// <summary>One stream per purpose.</summary>
    public static Guid IdOf(KeyPurpose purpose) => NaturalId.For("key-ring", purpose.ToString());

    /// <summary>The key that signs now: the newest one that was announced long enough ago, or the only one.</summary>
    public PublicKey Signing(DateTimeOffset now) => Keys.LastOrDefault(key => key.AddedAt + Announced <= now) ?? Keys[0];

    /// <summary>The keys whose signatures are still good: a replaced one until its access tokens have ended, and for passes every one.</summary>
    public IEnumerable<PublicKey> Published(DateTimeOffset now) =>
        Keys.Where((_, i) => Purpose == KeyPurpose.Passes || i == Keys.Count - 1 || now < Keys[i + 1].AddedAt + Announced + AccessTokensEnd);

    /// <inheritdoc />
    public KeyRing Evolve(object @event) => @event switch
    {
        SigningKeyAdded e => new(e.KeyRingId, e.Purpose, [.. Keys, new PublicKey(e.KeyId, e.Kid, e.X, e.Y, e.AddedAt)]),
        _ => this,
    };
}
