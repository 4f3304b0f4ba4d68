using System.Collections.Concurrent;

namespace Expo.Kernel;

/// <summary>Lets one decision per stream run at a time in this process, so that neighbours queue instead of colliding in the database.</summary>
public sealed class StreamGate
{
    private readonly ConcurrentDictionary<Guid, Turnstile> turnstiles = new();

    /// <summary>Waits for the stream's turn; dispose to let the next one in. Nothing when the wait took too long.</summary>
    public async Task<IDisposable?> Enter(Guid id, TimeSpan patience, CancellationToken ct)
    {
        var turnstile = turnstiles.AddOrUpdate(id, _ => new Turnstile(), (_, t) => t.Joined());
        var entered = false;
        try
        {
            entered = await turnstile.Semaphore.WaitAsync(patience, ct);
            return entered ? new Pass(this, id) : null;
        }
        finally
        {
            if (!entered)
                Leave(id);
        }
    }

    private void Leave(Guid id)
    {
        while (turnstiles.TryGetValue(id, out var turnstile))
        {
            if (turnstile.Waiting == 1
                    ? turnstiles.TryRemove(new KeyValuePair<Guid, Turnstile>(id, turnstile))
                    : turnstiles.TryUpdate(id, turnstile.Left(), turnstile))
                return;
        }
    }

    private sealed class Pass(StreamGate gate, Guid id) : IDisposable
    {
        public void Dispose()
        {
            if (gate.turnstiles.TryGetValue(id, out var turnstile))
                turnstile.Semaphore.Release();
            gate.Leave(id);
        }
    }

    /// <summary>A queue at one stream; immutable but for its semaphore, so that joining and leaving are one atomic swap.</summary>
    private sealed record Turnstile(SemaphoreSlim Semaphore, int Waiting)
    {
        public Turnstile()
            : this(new SemaphoreSlim(1, 1), 1)
        {
        }

        public Turnstile Joined() => this with { Waiting = Waiting + 1 };

        public Turnstile Left() => this with { Waiting = Waiting - 1 };
    }
}
