using System.Diagnostics;

namespace Expo.Marten.Tests.Setup;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    /// <summary>Only what never comes about takes so long; how fast a machine is shows nowhere.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task True(Func<bool> condition, string what) => True(() => Task.FromResult(condition()), what);

    public static async Task True(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Patience) Assert.Fail($"Not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
