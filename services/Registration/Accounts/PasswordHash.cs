using System.Security.Cryptography;

namespace Expo.Registration.Accounts;

/// <summary>A salted password hash: PBKDF2 with HMAC-SHA-512.</summary>
public sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    private const int HashLength = 64;

    /// <summary>Hashes a password with a new salt.</summary>
    public static PasswordHash Of(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Whether this is the password, in a time that does not depend on the answer.</summary>
    public bool Matches(string password) => CryptographicOperations.FixedTimeEquals(Hash, Derive(password, Salt, Iterations));

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashLength);
}
