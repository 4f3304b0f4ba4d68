using Expo.NativeServers;

namespace Expo.Testcontainers.Tests;

public sealed class ReaperTests
{
    [Fact]
    public async Task A_process_that_refuses_to_stop_is_ended_with_its_children()
    {
        var ct = TestContext.Current.CancellationToken;
        var reaper = await Reaper.StartAsync(stateFile: null, TimeSpan.FromSeconds(0.5), ct);
        var said = new TaskCompletionSource<string>();
        await using var stubborn = NativeProcess.Start(
            new("stubborn", "sh", ["-c", "trap '' TERM; sleep 600 & echo $!; while :; do sleep 1; done"]), reaper, line => said.TrySetResult(line.Text));
        var child = ProcessIdentity.Of(int.Parse(await said.Task.WaitAsync(ct), System.Globalization.CultureInfo.InvariantCulture));

        await reaper.DisposeAsync();

        Assert.Equal(128 + (int)Signal.Kill, await stubborn.Exited.WaitAsync(ct));
        // It was killed in the same stroke, and a dying process takes the moment that it takes.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (child!.Value.IsAlive)
            await pace.WaitForNextTickAsync(limit.Token);
    }

    [Fact]
    public async Task A_process_leads_a_group_of_its_own_and_stops_when_asked()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var reaper = await Reaper.StartAsync(ct: ct);
        var lines = new List<OutputLine>();
        await using var process = NativeProcess.Start(
            new("polite", "sh", ["-c", "trap 'exit 3' TERM; echo one; echo two >&2; while :; do sleep 0.1; done"]), reaper, lines.Add);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!process.RecentOutput.Contains("one", StringComparison.Ordinal) || !process.RecentOutput.Contains("two", StringComparison.Ordinal))
            await pace.WaitForNextTickAsync(ct);

        Assert.Equal(3, await process.StopAsync(Signal.Terminate, TimeSpan.FromMinutes(1)));
        Assert.Equivalent(new OutputLine[] { new("one", IsError: false), new("two", IsError: true) }, lines);
        Assert.False(process.Identity.IsAlive);
    }
}
