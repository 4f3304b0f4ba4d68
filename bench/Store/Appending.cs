using System.Diagnostics;
using System.Globalization;
using Marten;

namespace Expo.Bench.Store;

/// <summary>Appends per second beside pgbench: load, one event, inline snapshot, commit; and a new stream of one event.</summary>
public sealed class Appending(Server server, DocumentStore store)
{
    private const int StreamsPerWorker = 400;

    private const string Tables = """
        create schema if not exists limits;
        create table if not exists limits.streams (id int primary key, version bigint not null);
        create table if not exists limits.events (seq bigserial primary key, stream_id int not null, version bigint not null, data jsonb not null, unique (stream_id, version));
        """;

    private static readonly string Script = $$$"""
        \set id random(1, 100000)
        with moved as (insert into limits.streams as s (id, version) values (:id, 1) on conflict (id) do update set version = s.version + 1 returning id, version) insert into limits.events (stream_id, version, data) select id, version, '{"TallyId": "00000000-0000-0000-0000-000000000000", "Hundred": 12, "TwentyThousand": 12345, "Note": "{{{new string('n', 290)}}}"}' from moved;
        """;

    private readonly Guid[][] _streams = [.. Enumerable.Range(0, 64).Select(_ => Enumerable.Range(0, StreamsPerWorker).Select(_ => Guid.CreateVersion7()).ToArray())];

    /// <summary>The medians of so many rounds; pgbench and the two ways take turns.</summary>
    public async Task<(double Pgbench, double Fetch, double Start)> MeasureAsync(int clients, int rounds, int seconds)
    {
        await server.Ask(Tables);
        var pgbench = new Pgbench(server, Script);
        await Run(clients, 3, Fetch);
        await Run(clients, 2, Start);
        List<double> limit = [], fetch = [], start = [];
        for (var round = 0; round < rounds; round++)
        {
            await server.Ask("checkpoint");
            limit.Add(await pgbench.RunAsync(clients, seconds));
            await server.Ask("checkpoint");
            fetch.Add(await Run(clients, seconds, Fetch));
            await server.Ask("checkpoint");
            start.Add(await Run(clients, seconds, Start));
        }

        return (Median(limit), Median(fetch), Median(start));
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static async Task<double> Run(int clients, int seconds, Func<int, int, Task> work)
    {
        var watch = Stopwatch.StartNew();
        var until = TimeSpan.FromSeconds(seconds);
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(async worker =>
        {
            await Task.Yield();
            var count = 0;
            for (; watch.Elapsed < until; count++) await work(worker, count);
            return count;
        }));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    // Each worker has streams of its own, so that none collide.
    private async Task Fetch(int worker, int n)
    {
        await using var session = store.LightweightSession();
        var id = _streams[worker][n % StreamsPerWorker];
        var stream = await session.Events.FetchForWriting<Tally>(id);
        stream.AppendOne(Tallied.Number(n, id));
        await session.SaveChangesAsync();
    }

    private async Task Start(int worker, int n)
    {
        await using var session = store.LightweightSession();
        var id = Guid.CreateVersion7();
        session.Events.StartStream(id, Tallied.Number(n, id));
        await session.SaveChangesAsync();
    }
}
