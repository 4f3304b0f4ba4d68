using System.Net;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>The broker is a shortcut, not the truth: who listened late, or lost a queue, ends up knowing the same as who was always there (G10).</summary>
[Trait("needs", "rabbitmq")]
public sealed class CatchUpTests : Stage
{
    [Fact]
    public Task A_late_listener_and_a_rebuilt_one_hear_what_was_told_before_while_more_is_told() => CatchUp(before: 300, meanwhile: 200);

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task A_late_listener_and_a_rebuilt_one_hear_fifty_thousand_messages_while_more_are_told() => CatchUp(before: 50_000, meanwhile: 5_000);

    private async Task CatchUp(int before, int meanwhile)
    {
        var (always, late) = (NewName("listener"), NewName("listener"));
        await using var witness = await Listener(always);
        await using var teller = await Teller();
        var lockers = Lockers(12);
        await Task.WhenAll(lockers.Chunk(3).Select(some => teller.Take(before / 4, some)));
        await Eventually.StepByStep(witness.NotedCount, noted => noted == before);

        var writing = teller.Take(meanwhile, lockers);
        await using (var listener = await Listener(late))
        {
            await writing;
            await listener.NotesAll(await teller.ToldOf());
        }

        await teller.Take(20, lockers);
        await using var rebuilt = await Listener(late); // a new database, the old queue
        var told = await teller.ToldOf();
        await rebuilt.NotesAll(told);
        await witness.NotesAll(told);
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_load_loses_nothing_and_doubles_nothing()
    {
        var name = NewName("listener");
        await using var listener = await Listener(name);
        await using var teller = await Teller();
        var lockers = Lockers(8);
        await teller.Take(100, lockers);
        var writing = teller.Take(300, lockers);
        await using (var broker = await Hand())
            await broker.Delete($"{name}-note-visit-when-locker-was-taken");
        await writing;

        var told = await teller.ToldOf();
        await listener.NotesAll(told);
    }

    [Fact]
    public async Task What_was_stored_in_an_old_shape_is_replayed_in_the_present_one_and_an_operators_replay_doubles_nothing()
    {
        var source = NewName("teller");
        await using var teller = await Teller(source, store: store => store.Events.Upcast<LockerSqueezed, LockerTaken>(
            "locker_squeezed", old => new LockerTaken(old.Locker, old.Who, new DateTimeOffset(2023, 4, 15, 4, 0, 0, TimeSpan.Zero))));
        var lockers = Lockers(4);
        await teller.Take(30, lockers[..3]);
        await teller.Database.Run(
            "update mt_events set type = 'locker_squeezed', data = jsonb_build_object('Locker', data ->> 'LockerId', 'Who', data ->> 'Holder') where seq_id <= 20");

        var name = NewName("listener");
        await using var late = await Listener(name);
        await teller.Take(5, lockers[3]);

        // What is told live may overtake what is told again: a counting consumer hears each once, in any order.
        var told = await teller.ToldOf();
        Assert.Equal(35, told.Split('\n').Length);
        await late.NotesAll(told);

        using var replayed = new Counted(Telemetry.Replayed, $"{name}-note-visit-when-locker-was-taken");
        using var operations = late.Client(TestCaller.Operator);
        (await operations.Post($"/api/{name}/v1/operations/replays", new { queue = $"{name}-note-visit-when-locker-was-taken", source, fromPosition = 0, why = "a test" }))
            .Is(HttpStatusCode.OK);
        await Eventually.True(() => replayed.Sum >= 35, Within);
        await teller.Take(4, lockers); // these come after what was sent again
        told = await teller.ToldOf();
        await late.NotesAll(told);
    }

    /// <summary>How it was stored once.</summary>
    private sealed record LockerSqueezed(Guid Locker, Guid Who);
}
