using System.Collections.Concurrent;
using Expo.Kernel;
using Expo.Kernel.Personal;

namespace Expo.Registration.Accounts;

/// <summary>Hashes and checks passwords: never more at once than there are cores, and slower and slower for who keeps guessing.</summary>
public sealed class Passwords(PersonalData people, IConfiguration configuration, TimeProvider clock) : IDisposable
{
    /// <summary>All cores are busy with other people's passwords.</summary>
    public static readonly Refusal Busy = new Refusal(RefusalKind.TooOften, "login.busy", new("登录请求过多，请稍后重试。", "Too many are signing in at once. Try again shortly."))
        .With("retryAfter", "1");

    /// <summary>Unknown user or wrong password; nobody is told which.</summary>
    public static readonly Refusal Failed = new(RefusalKind.NotSignedIn, "login.failed", new("用户名或密码不正确。", "User name or password is wrong."));

    private const int FewestIterations = 220_000;

    private readonly TimeSpan patience = configuration.GetValue("Accounts:Patience", TimeSpan.FromSeconds(1));
    private readonly int iterations = Math.Max(FewestIterations, configuration.GetValue("Accounts:HashIterations", FewestIterations));
    private readonly SemaphoreSlim cores = new(Environment.ProcessorCount);
    private readonly FailedSignIns failures = new(clock);
    private readonly Lazy<PasswordHash> nobody = new(() => PasswordHash.Of("", FewestIterations));

    /// <summary>The hash of a new password, or nothing when all cores are busy.</summary>
    public async Task<PasswordHash?> Hash(string password, CancellationToken ct)
    {
        if (!await cores.WaitAsync(patience, ct))
            return null;

        try
        {
            return PasswordHash.Of(password, iterations);
        }
        finally
        {
            cores.Release();
        }
    }

    /// <summary>Why this password does not open the account, or nothing when it does. An unknown account takes as long as a known one.</summary>
    public async Task<Refusal?> Check(Guid accountId, string password, CancellationToken ct)
    {
        if (failures.DelayOf(accountId) is { } delay)
            return new Refusal(RefusalKind.TooOften, "login.delayed", new("密码错误次数过多，请稍后再试。", "Too many wrong passwords. Wait before you try again."))
                .With("retryAfter", Math.Ceiling(delay.TotalSeconds).ToString("0", System.Globalization.CultureInfo.InvariantCulture));
        if (!await cores.WaitAsync(patience, ct))
            return Busy;

        try
        {
            var credentials = await people.Read<Credentials>(accountId, ct);
            var matches = (credentials?.Password ?? nobody.Value).Matches(password) && credentials is not null;
            failures.Note(accountId, failed: !matches);
            return matches ? null : Failed;
        }
        finally
        {
            cores.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => cores.Dispose();
}

/// <summary>Wrong passwords of the last minutes, by account, whether it exists or not. Each instance counts what it sees; a restart forgets.</summary>
internal sealed class FailedSignIns(TimeProvider clock)
{
    private const int Free = 5;
    private const int MostAccounts = 100_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset[]> failures = new();

    /// <summary>How long to wait before the next try; after five failures there is one try a minute.</summary>
    public TimeSpan? DelayOf(Guid account) =>
        Recent(account) is { Length: >= Free } recent && recent[^1] + Delay - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    /// <summary>Counts a failure; a success wipes the slate.</summary>
    public void Note(Guid account, bool failed)
    {
        if (!failed)
        {
            failures.TryRemove(account, out _);
            return;
        }

        if (failures.Count >= MostAccounts)
            foreach (var stale in failures.Where(f => f.Value[^1] + Window < clock.GetUtcNow()).Select(f => f.Key))
                failures.TryRemove(stale, out _);
        if (failures.Count < MostAccounts || failures.ContainsKey(account))
            failures.AddOrUpdate(account, [clock.GetUtcNow()], (_, before) => [.. before.TakeLast(Free), clock.GetUtcNow()]);
    }

    private DateTimeOffset[] Recent(Guid account) =>
        failures.TryGetValue(account, out var all) ? all.Where(at => at + Window > clock.GetUtcNow()).ToArray() : [];
}
