using Expo.Kernel;
using Expo.Messaging.Listening;

namespace Expo.Messaging.Tests;

/// <summary>In which order messages enter their streams.</summary>
public sealed class ArrivalOrderSpecs
{
    private readonly ArrivalOrder.Channel channel = new("a consumer", new StreamGate());
    private readonly Guid stream = Guid.CreateVersion7();

    [Fact]
    public async Task Whoever_arrives_early_waits_for_those_delivered_before_and_for_the_stream()
    {
        var third = channel.Arrive(3, stream);
        var second = channel.Arrive(2, stream);
        Assert.False(second.IsCompleted || third.IsCompleted);

        var first = channel.Arrive(1, stream);
        Assert.True(first.IsCompleted && second.IsCompleted && third.IsCompleted);
        var (one, two, three) = (await first, await second, await third);
        Assert.Equal([true, false, false], [one.IsCompleted, two.IsCompleted, three.IsCompleted]);
        (await one)!.Dispose();
        (await two)!.Dispose();
        Assert.NotNull(await three);
    }

    [Fact]
    public async Task Whoever_does_not_enter_holds_nobody_up_and_lets_nobody_overtake()
    {
        var passed = channel.Arrive(2, null);
        var third = channel.Arrive(3, stream);
        Assert.False(passed.IsCompleted || third.IsCompleted);
        Assert.NotNull(await await channel.Arrive(1, Guid.CreateVersion7()));
        Assert.Null(await await passed);
        Assert.NotNull(await await third);
    }

    [Fact]
    public async Task Whoever_waits_no_longer_takes_those_before_along_and_who_is_late_enters_at_once()
    {
        var (fourth, second) = (channel.Arrive(4, stream), channel.Arrive(2, stream));
        var fifth = channel.Arrive(5, Guid.CreateVersion7());
        channel.WaitNoLonger(4);
        Assert.True((await second).IsCompleted);
        Assert.False((await fourth).IsCompleted);
        Assert.NotNull(await await fifth);
        Assert.NotNull(await await channel.Arrive(1, Guid.CreateVersion7()));
        channel.WaitNoLonger(2); // it has long begun
    }
}
