using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;

namespace Expo.Kernel.Personal;

/// <summary>A subject's data key, wrapped by the service's master key. Deleting a subject's key rows erases the person; they have a backup of their own.</summary>
public sealed record SubjectKey(Guid Id, Guid Subject, byte[] Wrapped);

/// <summary>A data key ready for use.</summary>
public sealed record DataKey(Guid Id, byte[] Key);

/// <summary>Makes and opens the data keys of subjects.</summary>
public sealed class SubjectKeys(MasterKey master)
{
    private readonly MasterKey master = master;

    // A subject may have several keys (one per process that wrote first): a write never has to read before it.
    private readonly ConcurrentDictionary<Guid, DataKey> committed = new();

    /// <summary>The keys for what one session writes.</summary>
    internal SessionKeys Within(IDocumentOperations session) => new(this, session);

    /// <summary>Opens keys by id; erased ones are missing from the answer.</summary>
    internal async Task<IReadOnlyDictionary<Guid, byte[]>> Load(IQuerySession session, IEnumerable<Guid> ids, CancellationToken ct) =>
        (await session.LoadManyAsync<SubjectKey>(ct, ids.Distinct().ToArray()))
        .ToDictionary(key => key.Id, key => Sealed.Open(master.Wrapping, key.Wrapped, key.Id.ToByteArray()));

    /// <summary>One session's keys: those known from before, and new ones that count once the session has committed.</summary>
    internal sealed class SessionKeys(SubjectKeys keys, IDocumentOperations session)
    {
        private const int Remembered = 10_000;
        private readonly Dictionary<Guid, DataKey> fresh = [];

        public DataKey For(Guid subject)
        {
            if (keys.committed.TryGetValue(subject, out var key) || fresh.TryGetValue(subject, out key))
                return key;

            key = fresh[subject] = new DataKey(Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(32));
            session.Insert(new SubjectKey(key.Id, subject, Sealed.Close(keys.master.Wrapping, key.Key, key.Id.ToByteArray())));
            return key;
        }

        public void Committed()
        {
            if (keys.committed.Count > Remembered)
                keys.committed.Clear();
            foreach (var (subject, key) in fresh)
                keys.committed.TryAdd(subject, key);
        }
    }
}

/// <summary>The service's master secret, from the configuration value <c>MasterKey</c>; never in the database.</summary>
public sealed class MasterKey(string secret)
{
    private static readonly BigInteger P256Order = BigInteger.Parse("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber, null);

    private readonly byte[] fingerprints = Derive(secret, "fingerprint");

    /// <summary>The key that wraps subjects' keys.</summary>
    internal byte[] Wrapping { get; } = Derive(secret, "wrap");

    /// <summary>The P-256 key pair to which other services seal what only this one may read; it follows from the secret and is stored nowhere.</summary>
    public ECDiffieHellman CardKey()
    {
        // More bits than the curve's order has, so that no scalar is likelier than another.
        var number = new BigInteger(Derive(secret, "cards", 48), isUnsigned: true, isBigEndian: true);
        var scalar = (number % (P256Order - 1)) + 1;
        var d = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = [.. new byte[32 - d.Length], .. d] });
    }

    /// <summary>An id for a personal natural key (a user name, a mobile number): the same value gives the same id, and nobody without the secret can guess back.</summary>
    public Guid Fingerprint(string kind, string value) =>
        Vocabulary.NaturalId.FromHash(HMACSHA256.HashData(fingerprints, System.Text.Encoding.UTF8.GetBytes(kind + "\n" + value)));

    private static byte[] Derive(string secret, string purpose, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, System.Text.Encoding.UTF8.GetBytes(secret), length, info: System.Text.Encoding.UTF8.GetBytes("expo " + purpose));
}

/// <summary>AES-256-GCM: nonce, tag and text in one array, bound to the row it belongs to.</summary>
public static class Sealed
{
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <summary>Encrypts; what it is bound to must be given again to open it.</summary>
    public static byte[] Close(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> boundTo)
    {
        var cipher = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(cipher.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(cipher.AsSpan(0, Nonce), plain, cipher.AsSpan(Nonce + Tag), cipher.AsSpan(Nonce, Tag), boundTo);
        return cipher;
    }

    /// <summary>Decrypts; throws when anything is not as it was.</summary>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> boundTo)
    {
        var plain = new byte[cipher.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(cipher[..Nonce], cipher[(Nonce + Tag)..], cipher.Slice(Nonce, Tag), plain, boundTo);
        return plain;
    }
}
