using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Kernel.Tests.Timers;

/// <summary>What is due runs: once, on one node, and never not at all.</summary>
[Trait("needs", "postgres")]
public sealed class TimerTests
{
    private static readonly DateTimeOffset Morning = new(2023, 4, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_reaction_due_at_once_runs_after_the_commit()
    {
        await using var host = await SampleHost.StartAsync();
        var (locker, holder) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Decide(locker, new TakeLocker(locker, holder, 30).Decide);
        await host.Decide(locker, new ReturnLocker(holder, "left").Decide);

        await Eventually.True(async () => await host.Read<Tally>(LockerTimers.TallyOf(locker)) is { Returns: 1 });
    }

    [Fact]
    public async Task A_hold_ends_when_its_time_has_come_and_not_before()
    {
        var clock = new ManualClock(Morning);
        await using var host = await SampleHost.StartAsync(new ServiceSetup { Clock = clock });
        var (short1, long2) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.Decide(long2, new TakeLocker(long2, long2, 60).Decide);
        await host.Decide(short1, new TakeLocker(short1, short1, 30).Decide);

        clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.True(async () => await host.Read<Locker>(short1) is { Holder: null });
        Assert.Equal(long2, (await host.Read<Locker>(long2))!.Holder);
        Assert.Equal("time is up", await host.Database.Ask<string>("select data ->> 'Reason' from mt_events where stream_id = $1 and version = 2", short1));
    }

    [Fact]
    public async Task A_reaction_acts_in_the_name_and_edition_of_the_decision_it_follows()
    {
        var clock = new ManualClock(Morning);
        await using var host = await SampleHost.StartAsync(new ServiceSetup { Clock = clock });
        var locker = Guid.CreateVersion7();
        await host.Decide(locker, new TakeLocker(locker, locker, 30).Decide, call => (call.Actor, call.Edition) = ("somebody", "ciep_2023"));

        clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.True(async () => await host.Read<Locker>(locker) is { Holder: null });
        Assert.Equal("ciep_2023", await host.Database.Ask<string>("select headers ->> 'edition' from mt_events where stream_id = $1 and version = 2", locker));
    }

    [Fact]
    public async Task A_reaction_that_fails_comes_back_later_and_is_not_lost()
    {
        var clock = new ManualClock(Morning);
        await using var host = await SampleHost.StartAsync(new ServiceSetup { Clock = clock });
        host.Weather.FailNext(2);
        var locker = Guid.CreateVersion7();
        await host.Decide(locker, new TakeLocker(locker, locker, 30).Decide);
        clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.True(async () => await Attempts(host) == 1);
        Assert.NotNull((await host.Read<Locker>(locker))!.Holder);
        clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.True(async () => await Attempts(host) == 2);
        clock.Advance(TimeSpan.FromMinutes(10));

        await Eventually.True(async () => await host.Read<Locker>(locker) is { Holder: null });
        await Eventually.True(async () => await host.Database.Ask<long>("select count(*) from mt_doc_timerrow") == 0);
    }

    [Fact]
    public async Task A_timer_is_kept_while_no_host_runs()
    {
        var clock = new ManualClock(Morning);
        await using var database = await Database.CreateAsync("timers");
        var (setup, locker) = (new ServiceSetup { Database = database, Clock = clock }, Guid.CreateVersion7());
        await using (var host = await SampleHost.StartAsync(setup))
            await host.Decide(locker, new TakeLocker(locker, locker, 30).Decide);
        clock.Advance(TimeSpan.FromHours(2));

        await using var next = await SampleHost.StartAsync(setup);

        await Eventually.True(async () => await next.Read<Locker>(locker) is { Holder: null });
    }

    [Fact]
    public async Task Of_two_hosts_one_runs_each_timer()
    {
        var clock = new ManualClock(Morning);
        await using var one = await SampleHost.StartAsync(new ServiceSetup { Clock = clock });
        await using var two = await SampleHost.StartAsync(new ServiceSetup { Clock = clock, Database = one.Database });
        var lockers = Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var locker in lockers)
            await one.Decide(locker, new TakeLocker(locker, locker, 30).Decide);

        clock.Advance(TimeSpan.FromMinutes(30));

        await Eventually.True(async () => await one.Database.Ask<long>("select count(*) from mt_doc_timerrow") == 0);
        var ran = one.Weather.Ran.Concat(two.Weather.Ran).Where(lockers.Contains).ToList();
        Assert.Equal(lockers.Order(), ran.Order());
        Assert.Equal(60, await one.Database.Ask<long>("select count(*) from mt_events where type = 'locker_returned'"));
    }

    private static Task<int> Attempts(SampleHost host) => host.Database.Ask<int>("select coalesce(max((data ->> 'Attempts')::int), 0) from mt_doc_timerrow");
}
