using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>The broker dies; every effect happens once (G4, G5).</summary>
[Trait("needs", "rabbitmq")]
[Collection("broker")]
public sealed class DeathTests
{
    [Fact]
    public Task Every_effect_happens_once_while_the_broker_is_killed() => KilledBroker(messages: 600, kills: 1);

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task Every_effect_happens_once_while_the_broker_is_killed_in_full() => KilledBroker(messages: 20_000, kills: 6);

    [Fact]
    public async Task A_queue_that_a_killed_broker_left_without_a_leader_is_made_anew_and_nobody_waits_for_it()
    {
        var name = Cast.NewName("listener");
        await using var listener = await Cast.Listener(name);
        await using var teller = await Cast.Teller();
        await teller.Take(10, Cast.Lockers(2));
        await Eventually.StepByStep(listener.NotedCount, noted => noted == 10);
        using var mended = new Counted(Telemetry.Mended);

        // The broker forgets its member of the queue that was declared last, so that must be the listener's.
        var queue = $"{name}-note-visit-when-locker-was-taken";
        await using (var broker = await BrokerClient.Connect())
        {
            await broker.Delete(queue);
            await Eventually.True(() => broker.Knows(queue), Cast.Within);
        }

        await Killing.Broker();
        await teller.Take(10, Cast.Lockers(2));

        var told = await teller.ToldOf();
        await listener.NotesAll(told);
        Assert.Equal(1, mended.Sum);
    }

    private static async Task KilledBroker(int messages, int kills)
    {
        var name = Cast.NewName("listener");
        using var skipped = new Counted(Telemetry.Skipped);
        // The witness first: what is declared last is what a killed broker may forget, and nobody would mend a witness' queue.
        await using var bus = await TestBus.StartAsync<LockerWasTaken>($"witness-{name}");
        await using var listener = await Cast.Listener(name);
        await using var teller = await Cast.Teller();
        var (lockers, share) = (Cast.Lockers(8), messages / kills / 4);
        for (var kill = 0; kill < kills; kill++)
        {
            var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => teller.Take(share, lockers)));
            await Eventually.StepByStep(() => Task.FromResult(bus.Distinct), distinct => distinct > share * 4 * kill);
            await Killing.Broker();
            await writing;
            await Eventually.StepByStep(() => Task.FromResult(bus.Distinct), distinct => distinct == share * 4 * (kill + 1));

            // One in ten comes again.
            foreach (var again in bus.Received.Where((_, n) => n % 10 == 0))
                await bus.Send($"{name}-note-visit-when-locker-was-taken", again.Message, again.Id!.Value, ((LockerWasTaken)again.Message).LockerId, 1);
        }

        var told = await teller.ToldOf();
        await listener.NotesAll(told);
        Assert.Equal(0, await listener.Database.ParkedIn());
        Assert.NotEqual(0, skipped.Sum);
    }
}
