using System.Collections.Concurrent;
using Expo.Contracts.Registration;
using Expo.Kernel.Directory;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Npgsql;

namespace Expo.Messaging.Tests;

/// <summary>PostgreSQL dies under those who tell and those who listen: what was acknowledged is there, all of it is told, every effect happens once (G1, G4, G5).</summary>
[Trait("needs", "rabbitmq")]
[Collection(Deadly.Name)]
public sealed class DatabaseDeathTests : Stage
{
    [Fact]
    public Task Nothing_is_lost_or_doubled_while_the_database_is_killed() => KilledDatabase(messages: 400, kills: 1);

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task Nothing_is_lost_or_doubled_while_the_database_is_killed_in_full() => KilledDatabase(messages: 20_000, kills: 6);

    private async Task KilledDatabase(int messages, int kills)
    {
        var (counting, latest) = (NewName("listener"), NewName("teller"));
        using var replayed = new Counted(Telemetry.Replayed, $"{counting}-note-visit-when-locker-was-taken");
        await using var bus = await Bus<LockerWasTaken>($"witness-{counting}");
        await using var listener = await Listener(counting);
        await using var teller = await Teller(latest);
        var (lockers, acknowledged, unknown) = (Lockers(8), new ConcurrentBag<Guid>(), 0);
        var (moved, ids) = (new DateOnly(2023, 1, 1), Enumerable.Range(0, (kills * 40) + 1).Select(_ => Guid.CreateVersion7()).ToArray());
        for (var (kill, version) = (1, 0); kill <= kills; kill++)
        {
            var (share, before, back) = (messages / kills / 4, acknowledged.Count, false);
            var writing = Enumerable.Range(0, 4).Select(async writer =>
            {
                for (var n = 0; n < share || !Volatile.Read(ref back); n++)
                    await Take(lockers[(writer + n) % lockers.Length]);
            }).ToList();
            await Eventually.StepByStep(() => Task.FromResult(acknowledged.Count), count => count > before + share);
            var killing = Killing.Postgres();

            // Meanwhile a deadline moves on, and the broker gives it in any order and twice.
            var moves = Enumerable.Range(version + 1, 40).ToArray();
            version += moves.Length;
            Random.Shared.Shuffle(moves);
            foreach (var move in moves.Concat(moves[..10]))
            {
                var message = new DeadlineMoved("ciep_2023", new("fee", moved.AddDays(move), "soft"));
                await bus.Send($"{latest}-keep-edition-when-announced", message, ids[move], KnownEdition.IdOf("ciep_2023"), move);
            }

            await killing;
            Volatile.Write(ref back, true);
            await Task.WhenAll(writing);
            foreach (var database in new[] { teller.Database, listener.Database })
                database.Source.Clear(); // our own eyes: their connections are dead
            await Eventually.StepByStep(() => teller.Database.Ask<long>("select max((data ->> 'SourceVersion')::bigint) from mt_events where type = 'deadline_heard'"), heard => heard == version);
        }

        var told = await teller.ToldOf();
        TestContext.Current.TestOutputHelper?.WriteLine($"{told.Split('\n').Length} are told, {replayed.Sum} were told again");
        await listener.NotesAll(told);
        await Eventually.StepByStep(() => Task.FromResult(bus.Distinct), distinct => distinct == told.Split('\n').Length);
        TestContext.Current.TestOutputHelper?.WriteLine($"{replayed.Sum} were told again, {unknown} commands ended without an answer");
        Assert.NotEqual(0, unknown);
        Assert.Empty(acknowledged.Except((await teller.Database.Ask<Guid[]>("select array_agg((data ->> 'Holder')::uuid) from mt_events where type = 'locker_taken'"))!));
        foreach (var database in new[] { teller.Database, listener.Database })
        {
            Assert.Equal(0, await database.ParkedIn());
            Assert.Equal(0, await database.Ask<long>("select count(*) from (select 1 from mt_events group by stream_id having count(*) <> max(version) or min(version) <> 1) holes"));
        }

        Assert.Equal(moved.AddDays(kills * 40), (await teller.Read<KnownEdition>(KnownEdition.IdOf("ciep_2023")))!.DeadlineOf("fee")!.Date);
        Assert.Equal(0, await teller.Database.Ask<long>("""
            select count(*) from (select (data ->> 'SourceVersion')::bigint - lag((data ->> 'SourceVersion')::bigint) over (order by version) as step
            from mt_events where type = 'deadline_heard') steps where step <= 0
            """));

        // What fails meanwhile may be committed or not: it is not acknowledged, and nobody knows.
        async Task Take(Guid locker)
        {
            var holder = Guid.CreateVersion7();
            await Eventually.True(async () =>
            {
                try
                {
                    if (!(await teller.Decide(locker, new SqueezeIn(locker, holder).Decide)).Accepted)
                        return false;
                    acknowledged.Add(holder);
                    return true;
                }
                catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException || e.InnerException is NpgsqlException or IOException)
                {
                    Interlocked.Increment(ref unknown);
                    holder = Guid.CreateVersion7();
                    return false;
                }
            }, Within);
        }
    }
}
