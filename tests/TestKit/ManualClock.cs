namespace Expo.TestKit;

/// <summary>A clock that stands still until a test moves it; waiting (timers, delays) still takes real time.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Lets so much time pass at once.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    /// <summary>Jumps to an instant.</summary>
    public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref ticks, instant.UtcTicks);
}
