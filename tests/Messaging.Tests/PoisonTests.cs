using Expo.Kernel.Tests.Sample;
using Expo.Messaging.Parking;
using Expo.TestKit;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>
/// Messages that cannot be read, that nobody knows, whose handling fails or ends the process stand among many others in one queue: each is parked with a reason, what follows
/// it in its stream is held, all others have their effect once, and so has what an operator asks for again when it is mended (G11).
/// </summary>
[Trait("needs", "rabbitmq")]
[Collection(Deadly.Name)]
public sealed class PoisonTests : Stage
{
    [Fact]
    public Task Poison_stops_a_message_and_its_stream_not_the_queue() => Poisoned(new(Healthy: 30, Sick: 2, Deadly: 1, Strangers: 2, Rounds: 1));

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public Task Poison_stops_a_message_and_its_stream_not_the_queue_in_full() => Poisoned(new(Healthy: 200, Sick: 20, Deadly: 3, Strangers: 40, Rounds: 40), killed: true);

    private async Task Poisoned(Mix mix, bool killed = false)
    {
        var (name, output) = (NewName("listener"), TestContext.Current.TestOutputHelper!);
        await using var database = await Database.CreateAsync(name);
        await using (await Listener(name, database: database))
        {
            // Its queue is there now, and its tables.
        }

        await using var teller = await Teller();
        var (healthy, sick, deadly) = (Lockers(mix.Healthy), Lockers(mix.Sick), Lockers(mix.Deadly));
        await using (var broker = await Hand())
        {
            for (var (round, strangers) = (0, 0); round < mix.Rounds; round++)
            {
                Guid[] all = [.. healthy, .. sick, .. deadly];
                Random.Shared.Shuffle(all);
                await teller.Take(all.Length, all);
                for (; strangers < mix.Strangers * (round + 1) / mix.Rounds; strangers++)
                    await broker.Send($"{name}-note-visit-when-locker-was-taken", Stranger(strangers));
            }

            await teller.Take(mix.Sick + mix.Deadly, [.. sick, .. deadly]); // at least one more of each comes after it
        }

        var (well, ill, deaths) = (mix.Healthy * mix.Rounds, ((mix.Sick + mix.Deadly) * (mix.Rounds + 1)) + mix.Strangers, 0);
        // The first time it also ends between a commit and its acknowledgement.
        var process = ListenerProcess.Start(name, database, Address, sick, deadly, commits: 4);
        try
        {
            if (killed)
            {
                await Eventually.StepByStep(Seen, seen => seen.Noted > well / 4);
                process.Kill();
                await Eventually.StepByStep(Seen, seen => seen.Noted > well / 2);
                await Killing.Broker();
            }

            await Eventually.StepByStep(Seen, seen => seen.Noted == well && seen.Parked == ill);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        output.WriteLine($"{deaths} deaths; the longest wait of a healthy message was {await LongestWait(teller.Database, database):0.0} s, restarts included");
        Assert.InRange(deaths, 3, (3 * mix.Deadly) + 2);
        Assert.Equal(well, await database.Ask<long>("select count(distinct data ->> 'Holder') from mt_events where type = 'locker_taken'"));

        await using var mended = await Listener(name, database: database);
        var first = (await Open(mended)).GroupBy(row => row.Stream).ToDictionary(stream => stream.Key, stream => stream.First());
        Assert.All(first.Values, row => Assert.Equal(ParkedStatus.Parked, row.Status));
        Assert.All(first.Values, row => Assert.InRange(row.Attempts, 1, 5));
        Assert.All(deadly, locker => Assert.Equal("the process ended while handling it", first[locker].Reason));
        Assert.All(sick, locker => Assert.Equal(typeof(InvalidOperationException).FullName, first[locker].Reason));
        var strange = first.Values.Where(row => row.Position == 0).ToLookup(row => row.Reason.Contains("Json", StringComparison.Ordinal));
        Assert.Equal((mix.Strangers / 2, mix.Strangers / 2), (strange[true].Count(), strange[false].Count(row => row.Reason.Contains("type", StringComparison.Ordinal))));

        var parking = mended.Services.GetRequiredService<ParkingLot>();
        foreach (var row in first.Values)
            Assert.True(await parking.Decide(row, retry: row.Position > 0, "operator", "it was mended", TestContext.Current.CancellationToken));
        await mended.NotesAll(await teller.ToldOf());
        await Eventually.StepByStep(async () => (await Open(mended)).Count, open => open == 0);

        async Task<(long Noted, long Parked, int Deaths)> Seen()
        {
            if (process.HasExited)
            {
                deaths++;
                process.Dispose();
                process = ListenerProcess.Start(name, database, Address, sick, deadly);
            }

            return (await database.NotedIn(), await database.ParkedIn(), deaths);
        }
    }

    private static string Stranger(int n) => n % 2 == 0
        ? $"{{ this is no message {n}"
        : $$"""{ "messageId": "0197f000-0000-7000-8000-{{n:d12}}", "messageType": ["urn:message:Nowhere:Unheard"], "message": { } }""";

    private static async Task<double> LongestWait(Database teller, Database listener)
    {
        const string Sql = "select string_agg({0} || ' ' || extract(epoch from timestamp), ',') from mt_events where type = 'locker_taken'";
        var told = await Times(teller, Sql.Replace("{0}", "id", StringComparison.Ordinal));
        var heard = await Times(listener, Sql.Replace("{0}", "(data ->> 'Holder')", StringComparison.Ordinal));
        return heard.Max(effect => effect.Value - told[effect.Key]);
    }

    private static async Task<Dictionary<string, double>> Times(Database database, string sql) => (await database.Ask<string>(sql))!.Split(',')
        .Select(row => row.Split(' ')).ToDictionary(row => row[0], row => double.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<IReadOnlyList<ParkedMessage>> Open(SampleHost listener)
    {
        await using var session = listener.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return [.. (await session.QueryAsync<ParkedMessage>("order by (d.data ->> 'Position')::bigint", TestContext.Current.CancellationToken)).Where(row => row.IsOpen())];
    }

    /// <summary>How many lockers are of which kind, how many messages come from strangers, and how often something happens to each locker.</summary>
    private sealed record Mix(int Healthy, int Sick, int Deadly, int Strangers, int Rounds);
}
