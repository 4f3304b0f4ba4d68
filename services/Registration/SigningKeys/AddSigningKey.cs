using Expo.Kernel;
using Expo.Kernel.Personal;

namespace Expo.Registration.SigningKeys;

/// <summary>Add a key pair: the first one of its purpose, or the one that replaces it.</summary>
public sealed record AddSigningKey(KeyPurpose Purpose, Guid KeyId, string Kid, string X, string Y, bool Rotate)
{
    /// <summary>Instances that start together agree on the first key; a key that does not sign yet need not be replaced.</summary>
    public Decision<KeyRingEvent> Decide(KeyRing ring, DateTimeOffset now) =>
        ring.Keys.Count == 0 || (Rotate && ring.Signing(now) == ring.Keys[^1] && ring.Keys[^1].AddedAt + KeyRing.Announced <= now)
            ? new SigningKeyAdded(KeyRing.IdOf(Purpose), Purpose, KeyId, Kid, X, Y, now)
            : Decision<KeyRingEvent>.Nothing;
}

internal static class KeyPairs
{
    /// <summary>Makes a key pair and adds it.</summary>
    public static Task<Outcome> Add(Streams streams, KeyPurpose purpose, bool rotate, CancellationToken ct)
    {
        var key = NewKey.Create();
        var command = new AddSigningKey(purpose, key.Id, key.Kid, key.X, key.Y, rotate);
        return streams.Decide<KeyRing, KeyRingEvent>(
            KeyRing.IdOf(purpose), command.Decide, new With { Personal = [new PersonalCard(key.Id, key.Private)] }, ct);
    }
}
