namespace Expo.Kernel;

/// <summary>Lets one decision per stream run at a time in this process, so that neighbours queue here instead of colliding in the database.</summary>
public sealed class StreamGate
{
    // Striped: streams that share a stripe also queue, which is harmless and rare.
    private readonly SemaphoreSlim[] stripes = Enumerable.Range(0, 4096).Select(_ => new SemaphoreSlim(1, 1)).ToArray();

    /// <summary>Waits for the stream's turn; dispose to let the next one in. Nothing when the wait took too long.</summary>
    public async Task<IDisposable?> Enter(Guid id, TimeSpan patience, CancellationToken ct)
    {
        var stripe = stripes[(uint)id.GetHashCode() % (uint)stripes.Length];
        return await stripe.WaitAsync(patience, ct) ? new Turn(stripe) : null;
    }

    private sealed class Turn(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
