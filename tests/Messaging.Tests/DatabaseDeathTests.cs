using System.Collections.Concurrent;
using Expo.Contracts.Registration;
using Expo.Kernel.Directory;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Npgsql;

namespace Expo.Messaging.Tests;

/// <summary>PostgreSQL dies under those who tell and those who listen: what was acknowledged is there, all of it is told, every effect happens once (G1, G4, G5).</summary>
[Trait("needs", "rabbitmq")]
[Collection("broker")]
public sealed class DatabaseDeathTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(180);

    [Fact]
    public Task Nothing_is_lost_or_doubled_while_the_database_is_killed() => KilledDatabase(messages: 400, kills: 1);

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task Nothing_is_lost_or_doubled_while_the_database_is_killed_in_full() => KilledDatabase(messages: 20_000, kills: 6);

    private static async Task KilledDatabase(int messages, int kills)
    {
        var (counting, latest) = (Cast.NewName("listener"), Cast.NewName("teller"));
        await using var bus = await TestBus.StartAsync<LockerWasTaken>($"witness-{counting}");
        await using var listener = await Cast.Listener(counting);
        await using var teller = await Cast.Teller(latest);
        var (lockers, acknowledged, unknown) = (Cast.Lockers(8), new ConcurrentBag<Guid>(), 0);
        var (moved, ids) = (new DateOnly(2023, 1, 1), Enumerable.Range(0, (kills * 40) + 1).Select(_ => Guid.CreateVersion7()).ToArray());
        for (var (kill, version) = (1, 0); kill <= kills; kill++)
        {
            var writing = Enumerable.Range(0, 4).Select(async writer =>
            {
                for (var n = 0; n < messages / kills / 4; n++)
                    await Take(lockers[(writer + n) % lockers.Length]);
            }).ToList();
            var enough = messages / kills / 4;
            await Eventually.True(() => acknowledged.Count > (kill - 1) * messages / kills + enough, Within);
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
            await Task.WhenAll(writing);
            foreach (var database in new[] { teller.Database, listener.Database })
                database.Source.Clear(); // our own eyes: their connections are dead
            await Eventually.True(async () => await teller.Database.Ask<long>("select max((data ->> 'SourceVersion')::bigint) from mt_events where type = 'deadline_heard'") == version, Within);
        }

        var told = (await teller.ToldOf()).Sorted();
        await Eventually.Is(async () => (await listener.Noted()).Sorted(), noted => noted == told, Within);
        await Eventually.True(() => bus.Received.DistinctBy(received => received.Id).Count() == told.Split('\n').Length, Within);
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
