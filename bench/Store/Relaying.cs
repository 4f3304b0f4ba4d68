using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Expo.Bench.Decide;
using Expo.Kernel;
using Expo.Messaging;
using Marten;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Testcontainers.RabbitMq;

namespace Expo.Bench.Store;

/// <summary>Somebody counted.</summary>
public sealed record WasCounted(Guid CounterId, string Note);

/// <summary>Counts here what was counted there.</summary>
[Delivery(Delivery.Counting)]
public sealed class CountHereWhenWasCounted(Streams streams, Heard heard) : IConsumer<WasCounted>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<WasCounted> context)
    {
        await streams.Decide<Counter, CounterEvent>(context.Message.CounterId, new Count(context.Message.CounterId).Decide, context.CancellationToken);
        heard.At[context.MessageId!.Value] = Stopwatch.GetTimestamp();
    }
}

/// <summary>When each message had its effect.</summary>
public sealed class Heard
{
    /// <summary>By message.</summary>
    public ConcurrentDictionary<Guid, long> At { get; } = [];
}

/// <summary>From commit to confirm, and to the consumer's commit, over a real broker.</summary>
public static class Relaying
{
    private const int Events = 30_000;
    private const int PerStream = 100;
    private const int Effects = 300;

    /// <summary>Confirmed messages per second of a relay that has many to tell, and the time from a commit to the effect elsewhere.</summary>
    public static async Task<IReadOnlyList<(string Name, string Figure)>> MeasureAsync(Server server, TextWriter output)
    {
        await using var broker = new RabbitMqBuilder("rabbitmq:3.13").Build();
        await broker.StartAsync();
        await server.Ask("create database teller");
        await server.Ask("create database listener");

        using (var silent = Host(server, broker, "teller", messaging: false))
        {
            await silent.StartAsync();
            await Append(silent.Services.GetRequiredService<IDocumentStore>());
            await silent.StopAsync();
        }

        using var listener = Host(server, broker, "listener", messaging: true);
        await listener.StartAsync();
        using var teller = Host(server, broker, "teller", messaging: true);
        await teller.StartAsync();
        var rate = await Rate(server);
        var heard = listener.Services.GetRequiredService<Heard>();
        while (heard.At.Count < Events)
            await Task.Delay(50);

        var delays = new List<double>();
        for (var n = 0; n < Effects; n++)
            delays.Add(await Delay(teller.Services, heard));
        delays.Sort();
        await teller.StopAsync();
        await listener.StopAsync();
        var (median, p95) = (delays[Effects / 2], delays[Effects * 95 / 100]);
        await output.WriteLineAsync(Text($"Relay, {Events:N0} events waiting, each confirmed by a quorum queue, in order: {rate:F0} messages/s"));
        await output.WriteLineAsync(Text($"Commit to the effect in another service, ms: median {median:F1}, p95 {p95:F1}, max {delays[^1]:F1}"));
        return [("relay", Text($"{rate:F0}")), ("effect_p95_ms", Text($"{p95:F0}"))];
    }

    private static async Task Append(IDocumentStore store)
    {
        for (var stream = 0; stream < Events / PerStream; stream++)
        {
            await using var session = store.LightweightSession();
            var id = Guid.CreateVersion7();
            session.Events.StartStream<Counter>(id, Enumerable.Range(0, PerStream).Select(_ => (object)new Counted(id, 1, new string('n', 320))));
            await session.SaveChangesAsync();
        }
    }

    // From the first progress to the last one: connecting is not the question.
    private static async Task<double> Rate(Server server)
    {
        var address = new NpgsqlConnectionStringBuilder(server.Address.ConnectionString) { Database = "teller" };
        await using var source = NpgsqlDataSource.Create(address.ConnectionString);
        var (first, since, watch) = (0L, TimeSpan.Zero, Stopwatch.StartNew());
        while (true)
        {
            await using var command = source.CreateCommand("select coalesce(max(last_seq_id), 0) from mt_event_progression where name = 'Relay:All'");
            var now = (long)(await command.ExecuteScalarAsync())!;
            if (first == 0 && now > 0)
                (first, since) = (now, watch.Elapsed);
            if (now >= Events)
                return (now - first) / (watch.Elapsed - since).TotalSeconds;
            await Task.Delay(10);
        }
    }

    private static async Task<double> Delay(IServiceProvider teller, Heard heard)
    {
        var counter = Guid.CreateVersion7();
        await using var scope = teller.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Streams>().Decide<Counter, CounterEvent>(counter, new Count(counter).Decide, CancellationToken.None);
        var committed = Stopwatch.GetTimestamp();
        await using var session = teller.GetRequiredService<IDocumentStore>().QuerySession();
        var message = (await session.Events.FetchStreamAsync(counter))[0].Id;
        while (!heard.At.ContainsKey(message))
            await Task.Delay(1);
        return Math.Max(0, Stopwatch.GetElapsedTime(committed, heard.At[message]).TotalMilliseconds);
    }

    private static IHost Host(Server server, RabbitMqContainer broker, string service, bool messaging)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:store"] = new NpgsqlConnectionStringBuilder(server.Address.ConnectionString) { Database = service, MaxPoolSize = 40 }.ConnectionString,
            ["ConnectionStrings:messaging"] = broker.GetConnectionString(),
            ["Messaging:Enabled"] = messaging ? "true" : "false",
            ["MasterKey"] = "bench",
            ["EventStore:ApplySchema"] = "true",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<Heard>();
        builder.AddEventStore(service, store => store.Stream<Counter>().Event<Counted>("counted"));
        builder.AddMessaging(service, bus =>
        {
            if (service == "listener")
                bus.Listen<CountHereWhenWasCounted>();
            else
                bus.Tell<CounterEvent>(fact => fact is Counted e ? new WasCounted(e.CounterId, e.Note) : null);
        });
        return builder.Build();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
