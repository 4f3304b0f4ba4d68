using System.Diagnostics;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>What happened is told: in order, with the event's identity, and in the end, whatever the broker does meanwhile.</summary>
[Trait("needs", "rabbitmq")]
public sealed class RelayTests : Stage
{
    [Fact]
    public async Task Events_are_told_in_order_under_their_own_ids()
    {
        await using var bus = await Bus<LockerWasTaken>("relay-order");
        await using var host = await Host("sample");
        var (locker, holder) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var round = 0; round < 10; round++)
        {
            await host.Decide(locker, new TakeLocker(locker, holder, 30).Decide, call => call.Edition = "ciep_2023");
            await host.Decide(locker, new ReturnLocker(holder, "left").Decide);
        }

        await Eventually.True(() => bus.Received.Count == 10);

        Assert.Equal(await EventIds(host, locker), bus.Received.Select(r => r.Id!.Value));
        var last = bus.Received[^1];
        Assert.Equal(locker, ((LockerWasTaken)last.Message).LockerId);
        Assert.Equal(
            ("sample", locker.ToString(), "19", "ciep_2023"),
            (last.Headers[MessageHeaders.Source].ToString(), last.Headers[MessageHeaders.Stream].ToString(), last.Headers[MessageHeaders.Version].ToString(),
                last.Headers[MessageHeaders.Edition].ToString()));
        Assert.Equal(
            (await host.Database.Ask<long>("select seq_id from mt_events where stream_id = $1 and version = 19", locker)).ToString(System.Globalization.CultureInfo.InvariantCulture),
            last.Headers[MessageHeaders.Position].ToString());
    }

    [Fact]
    public async Task A_message_goes_on_in_the_trace_of_the_request_that_made_its_event()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Expo.Messaging" or "MassTransit" or "Marten",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var bus = await Bus<LockerWasTaken>("relay-trace");
        await using var host = await Host("sample");
        var traces = new List<string>();
        foreach (var locker in (Guid[])[Guid.CreateVersion7(), Guid.CreateVersion7()])
        {
            using var request = new Activity("request").Start();
            traces.Add(request.TraceId.ToHexString());
            await host.Decide(locker, new TakeLocker(locker, locker, 30).Decide);
        }

        await Eventually.True(() => bus.Received.Count == 2);

        Assert.Equal(traces, bus.Received.Select(received => ActivityContext.Parse(received.Headers["MT-Activity-Id"].ToString()!, null).TraceId.ToHexString()));
    }

    [Fact]
    public async Task A_second_host_takes_over_where_the_first_one_stopped()
    {
        await using var bus = await Bus<LockerWasTaken>("relay-takeover");
        await using var one = await Host("sample");
        var lockers = new List<Guid>();
        await using (var two = await Host("sample", database: one.Database))
            await Take(two, lockers, 10);
        await Take(one, lockers, 10);

        await Eventually.True(() => lockers.ToHashSet().IsSubsetOf(bus.Received.Select(r => ((LockerWasTaken)r.Message).LockerId)), Within, "every locker to be told of");
    }

    private static async Task Take(SampleHost host, List<Guid> lockers, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var locker = Guid.CreateVersion7();
            await host.Decide(locker, new TakeLocker(locker, locker, 30).Decide);
            lockers.Add(locker);
        }
    }

    private static async Task<IReadOnlyList<Guid>> EventIds(SampleHost host, Guid locker)
    {
        var ids = await host.Database.Ask<Guid[]>("select array_agg(id order by seq_id) from mt_events where stream_id = $1 and type = 'locker_taken'", locker);
        return ids!;
    }
}
