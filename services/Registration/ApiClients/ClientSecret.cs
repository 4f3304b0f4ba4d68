using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Expo.Registration.ApiClients;

/// <summary>A program's secret: a prefix that secret scanners find, and 32 random bytes. Only its hash is ever stored.</summary>
public sealed record ClientSecret(string Text)
{
    private const string Prefix = "expo_live_";
    private const int Length = 32;

    // One round of SHA-256 without salt is right here and would be wrong for a password: of 2^256 random secrets none can be guessed,
    // listed beforehand or chosen twice, so a slow, salted hash would only cost us the time that it is meant to cost an attacker.

    /// <summary>What is stored of it.</summary>
    public string Hash => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A new secret.</summary>
    public static ClientSecret New() => new(Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Length)));

    /// <summary>Whether this is the secret with that hash, in a time that does not depend on the answer.</summary>
    public bool Matches(string hash) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(hash));

    /// <summary>Says what it is, never which.</summary>
    public override string ToString() => nameof(ClientSecret);
}
