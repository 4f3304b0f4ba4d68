namespace Expo.Marten.Tests.Setup;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Eventually
{
    public static Task True(Func<bool> condition, string what) => True(() => Task.FromResult(condition()), what);

    public static async Task True(Func<Task<bool>> condition, string what)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (!await condition())
        {
            if (Environment.TickCount64 > deadline) Assert.Fail($"Not within 30 s: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
