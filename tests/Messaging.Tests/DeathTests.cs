using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>Consumers, broker and messages die; every effect happens once (G4, G5, G11).</summary>
[Trait("needs", "rabbitmq")]
[Collection("broker")]
public sealed class DeathTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task A_message_that_ends_its_process_is_parked_and_its_neighbours_have_their_effect_once()
    {
        var name = Cast.NewName("listener");
        await using var database = await Database.CreateAsync(name);
        await using (await Cast.Listener(name, database: database))
        {
            // Its queue is there now, and its tables.
        }

        await using var teller = await Cast.Teller();
        var lockers = Cast.Lockers(30);
        await teller.Take(30, lockers);
        var deadly = lockers[12];

        var deaths = 0;
        for (var ended = true; ended; deaths += ended ? 1 : 0)
        {
            // The first time it also ends between a commit and its acknowledgement.
            using var process = await ListenerProcess.Start(name, database, deadly, deaths == 0 ? 4 : int.MaxValue);
            await Eventually.True(async () => process.HasExited || (await database.ParkedIn() > 0 && await Noted(database) == 29), Within);
            ended = process.HasExited;
            if (!ended)
            {
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            Assert.InRange(deaths, 0, 5);
        }

        Assert.InRange(deaths, 3, 5);
        Assert.Equal(1, await database.ParkedIn());
        Assert.Equal(deadly.ToString(), await database.Ask<string>("select data ->> 'Stream' from mt_doc_parkedmessage"));
        Assert.Equal((29, 29), (await Noted(database), await database.Ask<long>("select count(distinct data ->> 'Holder') from mt_events where type = 'locker_taken'")));
    }

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
        await Eventually.Is(listener.Noted, noted => noted.Split('\n').Length == 10, Within);
        using var mended = new Counted(Telemetry.Mended);

        // The broker forgets its member of the queue that was declared last, so that must be the listener's.
        var queue = $"{name}-note-visit-when-locker-was-taken";
        await using (var broker = await BrokerClient.Connect())
        {
            await broker.Delete(queue);
            await Eventually.True(() => broker.Knows(queue), Within);
        }

        await Killing.Broker();
        await teller.Take(10, Cast.Lockers(2));

        var told = (await teller.ToldOf()).Sorted();
        await Eventually.Is(async () => (await listener.Noted()).Sorted(), noted => noted == told, Within);
        Assert.Equal(1, mended.Sum);
    }

    private static async Task KilledBroker(int messages, int kills)
    {
        var name = Cast.NewName("listener");
        // The witness first: what is declared last is what a killed broker may forget, and nobody would mend a witness' queue.
        await using var bus = await TestBus.StartAsync<LockerWasTaken>($"witness-{name}");
        await using var listener = await Cast.Listener(name);
        await using var teller = await Cast.Teller();
        var lockers = Cast.Lockers(8);
        for (var kill = 0; kill < kills; kill++)
        {
            var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => teller.Take(messages / kills / 4, lockers)));
            await Eventually.True(() => bus.Received.Count > messages / kills * kill, Within);
            await Killing.Broker();
            await writing;
            await Eventually.True(async () => bus.Received.DistinctBy(r => r.Id).Count() == (await teller.ToldOf()).Split('\n').Length, Within);

            // One in ten comes again.
            foreach (var again in bus.Received.Where((_, n) => n % 10 == 0))
                await bus.Send($"{name}-note-visit-when-locker-was-taken", again.Message, again.Id!.Value, ((LockerWasTaken)again.Message).LockerId, 1);
        }

        var told = (await teller.ToldOf()).Sorted();
        await Eventually.Is(async () => (await listener.Noted()).Sorted(), noted => noted == told, Within);
        Assert.Equal(0, await listener.Database.ParkedIn());
    }

    private static Task<long> Noted(Database database) => database.Ask<long>("select count(*) from mt_events where type = 'locker_taken'");
}
