using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>The broker dies; every effect happens once (G4, G5).</summary>
[Trait("needs", "rabbitmq")]
[Collection(Deadly.Name)]
public sealed class DeathTests : Stage
{
    [Fact]
    public Task Every_effect_happens_once_while_the_broker_is_killed() => KilledBroker(messages: 600, kills: 1);

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task Every_effect_happens_once_while_the_broker_is_killed_in_full() => KilledBroker(messages: 20_000, kills: 6);

    [Fact]
    public async Task A_queue_that_a_killed_broker_left_without_a_leader_is_made_anew_and_nobody_waits_for_it()
    {
        var name = NewName("listener");
        await using var listener = await Listener(name);
        await using var teller = await Teller();
        await teller.Take(10, Lockers(2));
        await Eventually.StepByStep(listener.NotedCount, noted => noted == 10);
        using var mended = new Counted(Telemetry.Mended, $"{name}-note-visit-when-locker-was-taken");

        // The broker forgets its member of the queue that was declared last, so that must be the listener's.
        var queue = $"{name}-note-visit-when-locker-was-taken";
        await using (var broker = await Hand())
        {
            await broker.Delete(queue);
            await Eventually.True(() => broker.Knows(queue), Within);
        }

        await Killing.Broker();
        await teller.Take(10, Lockers(2));

        var told = await teller.ToldOf();
        await listener.NotesAll(told);
        Assert.Equal(1, mended.Sum);
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_broker_restarts()
    {
        await using var bus = await Bus<LockerWasTaken>("relay-restart");
        await using var teller = await Teller();
        var broker = await Broker;
        await teller.Take(20, Lockers(20));
        await broker.StopAsync(TestContext.Current.CancellationToken);
        await teller.Take(20, Lockers(20));
        await broker.StartAsync(TestContext.Current.CancellationToken);
        await teller.Take(20, Lockers(20));
        await Eventually.StepByStep(() => Task.FromResult(bus.Distinct), distinct => distinct == 60);
    }

    private async Task KilledBroker(int messages, int kills)
    {
        var name = NewName("listener");
        using var skipped = new Counted(Telemetry.Skipped, $"{name}-note-visit-when-locker-was-taken");
        // The witness first: what is declared last is what a killed broker may forget, and nobody would mend a witness' queue.
        await using var bus = await Bus<LockerWasTaken>($"witness-{name}");
        await using var listener = await Listener(name);
        await using var teller = await Teller();
        var (lockers, share) = (Lockers(8), messages / kills / 4);
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
