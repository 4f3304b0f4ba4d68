using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Expo.ServiceDefaults;

/// <summary>
/// The public keys access tokens are signed with: given inline (<c>Identity:Jwks</c>) or fetched when the first token arrives
/// (<c>Identity:JwksUrl</c>, by default from Registration). The last good set is kept while the issuer is down.
/// </summary>
internal sealed partial class SigningKeys : IDisposable
{
    /// <summary>The name of the client that fetches the key set.</summary>
    public const string ClientName = "signing-keys";

    private const string DefaultUrl = "http://registration/.well-known/jwks.json";

    private static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim fetching = new(1, 1);
    private readonly IHttpClientFactory clients;
    private readonly TimeProvider clock;
    private readonly ILogger<SigningKeys> logger;
    private readonly string? url;
    private volatile KeySet keys;
    private DateTimeOffset lastAttempt = DateTimeOffset.MinValue;

    public SigningKeys(IConfiguration configuration, IHttpClientFactory clients, TimeProvider clock, ILogger<SigningKeys> logger)
    {
        (this.clients, this.clock, this.logger) = (clients, clock, logger);
        var inline = configuration["Identity:Jwks"];
        url = string.IsNullOrWhiteSpace(inline) ? configuration["Identity:JwksUrl"] ?? DefaultUrl : null;
        keys = string.IsNullOrWhiteSpace(inline) ? KeySet.None : KeySet.Parse(inline, DateTimeOffset.MaxValue);
    }

    /// <summary>The key of that id, from the set at hand.</summary>
    public IEnumerable<SecurityKey> Find(string? keyId) => keyId is not null && keys.ById.TryGetValue(keyId, out var key) ? [key] : [];

    /// <summary>Fetches the set if this key is not in it or the set is old, at most every ten seconds.</summary>
    public async Task Prepare(string keyId, CancellationToken ct)
    {
        if (url is null || IsFresh(keyId))
        {
            return;
        }

        // A known key is good enough while somebody else refreshes the set.
        if (!await fetching.WaitAsync(keys.ById.ContainsKey(keyId) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, ct))
        {
            return;
        }

        try
        {
            if (!IsFresh(keyId) && clock.GetUtcNow() - lastAttempt >= BetweenFetches)
            {
                lastAttempt = clock.GetUtcNow();
                await Fetch(url);
            }
        }
        finally
        {
            fetching.Release();
        }
    }

    public void Dispose() => fetching.Dispose();

    private bool IsFresh(string keyId) => keys is var set && set.ById.ContainsKey(keyId) && clock.GetUtcNow() < set.FreshUntil;

    // Not bound to the request that happened to come first: were it aborted, nobody's key would be found.
    private async Task Fetch(string source)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            keys = KeySet.Parse(await client.GetStringAsync(new Uri(source), CancellationToken.None), clock.GetUtcNow() + GoodFor);
            Fetched(logger, keys.ById.Count);
        }
        catch (Exception error)
        {
            NotFetched(logger, error, keys.ById.Count);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetched {Keys} signing keys")]
    private static partial void Fetched(ILogger logger, int keys);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing keys could not be fetched; {Keys} known ones stay in use")]
    private static partial void NotFetched(ILogger logger, Exception error, int keys);

    private sealed record KeySet(IReadOnlyDictionary<string, SecurityKey> ById, DateTimeOffset FreshUntil)
    {
        public static readonly KeySet None = new(new Dictionary<string, SecurityKey>(), DateTimeOffset.MinValue);

        public static KeySet Parse(string json, DateTimeOffset freshUntil) => new(
            new JsonWebKeySet(json).Keys
                .Where(key => key is { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256, KeyId.Length: > 0 })
                .ToDictionary(key => key.KeyId, SecurityKey (key) => key, StringComparer.Ordinal),
            freshUntil);
    }
}
