namespace Expo.Registration.SigningKeys;

// These names and shapes are what is stored. Add freely; never rename or retype.

/// <summary>What a key pair signs.</summary>
public enum KeyPurpose
{
    /// <summary>Access tokens.</summary>
    AccessTokens,

    /// <summary>Passes.</summary>
    Passes,
}

/// <summary>Something that happened to the key pairs of one purpose.</summary>
public abstract record KeyRingEvent;

/// <summary>A key pair (ECDSA P-256) was added; only its public half is a fact, the private one is kept encrypted outside.</summary>
public sealed record SigningKeyAdded(Guid KeyRingId, KeyPurpose Purpose, Guid KeyId, string Kid, string X, string Y, DateTimeOffset AddedAt) : KeyRingEvent;
