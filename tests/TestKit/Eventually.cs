using System.Diagnostics;
using System.Runtime.CompilerServices;
using Xunit;
using Xunit.Sdk;

namespace Expo.TestKit;

/// <summary>Waits for what comes about on its own: asks until it is so, or until the time is up.</summary>
public static class Eventually
{
    // Only what never comes about takes so long; how fast a machine is shows nowhere.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until the condition holds.</summary>
    public static Task True(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string waitedFor = "") =>
        Is(condition, holds => holds, within, waitedFor);

    /// <summary>Waits until the condition holds.</summary>
    public static Task True(
        Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string waitedFor = "") =>
        Is(() => Task.FromResult(condition()), holds => holds, within, waitedFor);

    /// <summary>Waits until what is asked for is as wanted, and returns it; the failure says what it was in the end.</summary>
    public static async Task<T> Is<T>(
        Func<Task<T>> ask, Func<T, bool> wanted, TimeSpan? within = null, [CallerArgumentExpression(nameof(wanted))] string waitedFor = "")
    {
        var limit = within ?? Patience;
        var ct = TestContext.Current.CancellationToken;
        var watch = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(Pace);
        while (true)
        {
            var seen = await ask();
            if (wanted(seen))
                return seen;
            if (watch.Elapsed > limit)
                throw new XunitException($"Waited {limit.TotalSeconds:0.#} s in vain for: {waitedFor}\nLast seen: {seen}");
            await pace.WaitForNextTickAsync(ct);
        }
    }

    /// <summary>Waits for as long as it goes on, however slow the machine is: fails only when what is asked for stays the same for too long. The test's output says how it went.</summary>
    public static async Task<T> StepByStep<T>(
        Func<Task<T>> ask, Func<T, bool> wanted, TimeSpan? still = null, [CallerArgumentExpression(nameof(wanted))] string waitedFor = "")
    {
        var limit = still ?? TimeSpan.FromSeconds(120);
        var (total, since, said) = (Stopwatch.StartNew(), Stopwatch.StartNew(), TimeSpan.Zero);
        var last = default(T);
        using var pace = new PeriodicTimer(Pace);
        while (true)
        {
            var seen = await ask();
            if (!EqualityComparer<T>.Default.Equals(seen, last))
                since.Restart();
            last = seen;
            if (total.Elapsed - said >= TimeSpan.FromSeconds(5))
                TestContext.Current.TestOutputHelper?.WriteLine($"{said = total.Elapsed:mm\\:ss} {seen}");
            if (wanted(seen))
                return seen;
            if (since.Elapsed > limit)
                throw new XunitException($"Nothing moved for {limit.TotalSeconds:0} s, after {total.Elapsed.TotalSeconds:0} s in vain for: {waitedFor}\nLast seen: {seen}");
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
