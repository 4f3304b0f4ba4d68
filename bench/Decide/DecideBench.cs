using System.Diagnostics;
using System.Globalization;
using Expo.Kernel;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expo.Bench.Decide;

/// <summary>The write path (load, decide one event of about 400 bytes, commit it with its inline snapshot) beside pgbench on the same server.</summary>
public static class DecideBench
{
    private const int Rounds = 3;
    private const int Seconds = 5;
    private const int StreamsPerWorker = 400;
    private static readonly int[] Clients = [1, 8, 32];

    private const string Tables = """
        create schema limits;
        create table limits.streams (id int primary key, version bigint not null);
        create table limits.events (seq bigserial primary key, stream_id int not null, version bigint not null, data jsonb not null, unique (stream_id, version));
        """;

    private static readonly string Script = $$$"""
        \set id random(1, 100000)
        with moved as (insert into limits.streams as s (id, version) values (:id, 1) on conflict (id) do update set version = s.version + 1 returning id, version) insert into limits.events (stream_id, version, data) select id, version, '{"CounterId": "00000000-0000-0000-0000-000000000000", "By": 1, "Note": "{{{new string('n', 320)}}}"}' from moved;
        """;

    /// <summary>Runs it and prints a table and the line for scripts.</summary>
    public static async Task RunAsync(TextWriter output)
    {
        await using var server = new Server();
        await server.StartAsync(output);
        await server.Ask(Tables);
        using var host = await StartHostAsync(server);
        var pgbench = new Pgbench(server, Script);

        await Measure(host.Services, 8, Seconds); // warm up
        var figures = Clients.ToDictionary(c => c, _ => (Limit: new List<double>(), Ours: new List<double>()));
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var clients in Clients)
            {
                await server.Ask("checkpoint");
                figures[clients].Limit.Add(await pgbench.RunAsync(clients, Seconds));
                await server.Ask("checkpoint");
                figures[clients].Ours.Add(await Measure(host.Services, clients, Seconds));
            }
        }

        await host.StopAsync();
        await output.WriteLineAsync($"Per second, median of {Rounds} rounds of {Seconds} s each:");
        await output.WriteLineAsync("clients   pgbench   Streams.Decide   ratio");
        foreach (var (clients, (limit, ours)) in figures)
            await output.WriteLineAsync(Line($"{clients,7}   {Median(limit),7:F0}   {Median(ours),14:F0}   {Ratio(limit, ours),5:F2}"));
        await output.WriteLineAsync("decide " + string.Join(' ', figures.Select(f => Line($"c{f.Key}={Ratio(f.Value.Limit, f.Value.Ours):F2}"))));
    }

    private static async Task<IHost> StartHostAsync(Server server)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:store"] = server.Address.ConnectionString + ";Maximum Pool Size=50",
            ["MasterKey"] = "bench",
            ["EventStore:ApplySchema"] = "true",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddEventStore("bench", store => store.Stream<Counter>().Event<Counted>("counted"));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Decisions per second; each worker has streams of its own, so that none collide.</summary>
    private static async Task<double> Measure(IServiceProvider services, int clients, int seconds)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, clients).Select(worker => Work(services, worker, watch, TimeSpan.FromSeconds(seconds))));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<int> Work(IServiceProvider services, int worker, Stopwatch watch, TimeSpan until)
    {
        await Task.Yield();
        var counters = Enumerable.Range(0, StreamsPerWorker).Select(n => Kernel.Vocabulary.NaturalId.For("counter", Line($"{worker}"), Line($"{n}"))).ToArray();
        var done = 0;
        for (; watch.Elapsed < until; done++)
        {
            await using var scope = services.CreateAsyncScope();
            var counter = counters[done % StreamsPerWorker];
            var streams = scope.ServiceProvider.GetRequiredService<Streams>();
            if (await streams.Decide<Counter, CounterEvent>(counter, new Count(counter).Decide, CancellationToken.None) is { Accepted: false } refused)
                throw new InvalidOperationException($"Refused: {refused.Refusal!.Code}");
        }

        return done;
    }

    private static double Ratio(List<double> limit, List<double> ours) => Median(ours) / Median(limit);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
