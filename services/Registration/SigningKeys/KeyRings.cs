using System.Collections.Concurrent;
using Expo.Kernel;
using Expo.Kernel.Personal;

namespace Expo.Registration.SigningKeys;

/// <summary>The key pairs in use, read again every few seconds, so that a rotation at one instance reaches the others.</summary>
public sealed class KeyRings(IServiceScopeFactory scopes, PersonalData secrets, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, PrivateKey> privates = new();
    private volatile Snapshot snapshot = new(DateTimeOffset.MinValue, []);

    /// <summary>The ring of a purpose, as it was a few seconds ago at most.</summary>
    public async Task<KeyRing> Of(KeyPurpose purpose, CancellationToken ct) => (await Current(ct)).Rings.Single(ring => ring.Purpose == purpose);

    /// <summary>Signs a payload with the key of a purpose; the header is made for that key.</summary>
    public async Task<string> Sign(KeyPurpose purpose, Func<string, string> header, byte[] payload, CancellationToken ct)
    {
        var key = (await Of(purpose, ct)).Signing(clock.GetUtcNow());
        if (!privates.TryGetValue(key.Id, out var half))
            privates[key.Id] = half = await secrets.Read<PrivateKey>(key.Id, ct)
                ?? throw new InvalidOperationException($"The private half of signing key {key.Kid} is missing.");
        return CompactJws.Sign(header(key.Kid), payload, half);
    }

    /// <summary>Every key whose signatures are good, from what was read last.</summary>
    public IEnumerable<PublicKey> Published(KeyPurpose purpose) =>
        snapshot.Rings.Where(ring => ring.Purpose == purpose).SelectMany(ring => ring.Published(clock.GetUtcNow()));

    /// <summary>Reads the rings again, if it is time.</summary>
    public Task Refresh(CancellationToken ct) => Current(ct);

    /// <summary>Makes sure that there is a key for each purpose.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            if ((await streams.Read<KeyRing>(KeyRing.IdOf(purpose), ct)).State is null)
                await KeyPairs.Add(streams, purpose, rotate: false, ct);
        }
    }

    private async Task<Snapshot> Current(CancellationToken ct)
    {
        if (clock.GetUtcNow() < snapshot.ReadAt + GoodFor)
            return snapshot;

        await using var scope = scopes.CreateAsyncScope();
        var streams = scope.ServiceProvider.GetRequiredService<Streams>();
        var rings = new List<KeyRing>();
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            rings.Add((await streams.Read<KeyRing>(KeyRing.IdOf(purpose), ct)).State
                ?? throw new InvalidOperationException($"There is no signing key for {purpose} yet."));
        }

        return snapshot = new Snapshot(clock.GetUtcNow(), rings);
    }

    private sealed record Snapshot(DateTimeOffset ReadAt, IReadOnlyList<KeyRing> Rings);
}

/// <summary>Makes the first keys when the service starts.</summary>
internal sealed class PrepareSigningKeys(KeyRings rings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await rings.Prepare(cancellationToken);
        await rings.Refresh(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
