using System.Collections.Concurrent;

namespace Expo.ServiceDefaults;

/// <summary>
/// How much each client may do in a window of time that begins with its first request. The limiters of System.Threading.RateLimiting do not
/// say when they are whole again and keep their own clock; callers here are told, to the second.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="name">What is counted, as it stands in the headers.</param>
/// <param name="quotaOf">How much a client may do; asked when its window begins.</param>
public sealed class RateBudget(TimeProvider clock, string name, Func<string, int> quotaOf)
{
    // A minute of strangers; those beyond share one budget, so that memory has a bound.
    private const int MostClients = 100_000;
    private const string Everyone = "";
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Window> windows = new(StringComparer.Ordinal);
    private long nextSweep;

    /// <summary>How many clients are remembered.</summary>
    public int Clients => windows.Count;

    /// <summary>Takes from the client's budget; when there is not enough, nothing is taken.</summary>
    public RateStanding Take(string client, int amount = 1)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var key = windows.Count < MostClients || windows.ContainsKey(client) ? client : Everyone;
        while (true)
        {
            var window = windows.GetOrAdd(key, _ => new Window());
            lock (window)
            {
                // Swept since it was found: what is taken from it would be forgotten with it.
                if (window.IsSwept)
                    continue;
                if (now >= window.End)
                    (window.End, window.Quota, window.Used) = (now + Length, quotaOf(key), 0);
                var enough = amount <= window.Quota - window.Used;
                if (enough)
                    window.Used += amount;
                return new RateStanding(
                    name, window.Quota, (int)Length.TotalSeconds, window.Quota - window.Used, (int)Math.Ceiling((window.End - now).TotalSeconds), enough);
            }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        var due = Interlocked.Read(ref nextSweep);
        if (now.UtcTicks < due || Interlocked.CompareExchange(ref nextSweep, (now + Length).UtcTicks, due) != due)
            return;
        foreach (var (client, window) in windows)
        {
            lock (window)
            {
                if (now < window.End)
                    continue;
                window.IsSwept = true;
                windows.TryRemove(new(client, window));
            }
        }
    }

    private sealed class Window
    {
        public DateTimeOffset End { get; set; }

        public int Quota { get; set; }

        public int Used { get; set; }

        public bool IsSwept { get; set; }
    }
}

/// <summary>How a client stands after a request.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Quota">How much in a window.</param>
/// <param name="WindowSeconds">How long a window is.</param>
/// <param name="Remaining">How much is left.</param>
/// <param name="ResetSeconds">When it is whole again.</param>
/// <param name="Allowed">Whether there was enough for this request.</param>
public sealed record RateStanding(string Name, int Quota, int WindowSeconds, int Remaining, int ResetSeconds, bool Allowed);
