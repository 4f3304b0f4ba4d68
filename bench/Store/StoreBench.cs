using System.Globalization;
using System.Text;
using Marten;

namespace Expo.Bench.Store;

/// <summary>The event store beside pgbench: appends, catching up, visibility, a rebuild's memory; with <c>--long</c> whether any of it depends on the store's size.</summary>
public sealed class StoreBench(TextWriter output)
{
    private const int Clients = 8;
    private const int Rounds = 3;
    private const int Seconds = 5;
    private const int CatchUpEvents = 200_000;
    private const int RebuildEvents = 1_000_000;

    // Name and figure of the last line, in its order; what was not measured in this run is left out.
    private readonly List<(string Name, string Figure)> _line = [];

    /// <summary>Runs all parts, or those named, and prints tables and the line for scripts.</summary>
    public async Task RunAsync(IReadOnlyCollection<string> parts)
    {
        await using var server = new Server();
        await server.StartAsync(output);
        if (Wanted("appends")) await Appends(server);
        if (Wanted("catchup")) await CatchUps(server);
        if (Wanted("visible")) await Visibility(server);
        if (Wanted("rebuild")) await Rebuild(server);
        if (Wanted("relay")) _line.AddRange(await Relaying.MeasureAsync(server, output));
        if (parts.Contains("--long")) await Growth(server);
        await output.WriteLineAsync("store " + string.Join(' ', _line.Select(f => $"{f.Name}={f.Figure}")));

        bool Wanted(string part) => parts.Contains(part) || parts.All(p => p.StartsWith("--", StringComparison.Ordinal));
    }

    private async Task Appends(Server server)
    {
        await using var store = Stores.Open<HundredthTallies>(server.Address.ConnectionString + ";Maximum Pool Size=50", "appends");
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        var (limit, fetch, start) = await new Appending(server, store).MeasureAsync(Clients, Rounds, Seconds);
        await Say($"Per second at {Clients} clients, median of {Rounds} rounds of {Seconds} s each:");
        await Say($"pgbench                                       {limit,8:F0}");
        await Say($"FetchForWriting + 1 event + inline snapshot   {fetch,8:F0}   {fetch / limit:F2}");
        await Say($"StartStream + 1 event                         {start,8:F0}   {start / limit:F2}");
        _line.Add(("ffw8", Text($"{fetch / limit:F2}")));
        _line.Add(("start8", Text($"{start / limit:F2}")));
    }

    private async Task CatchUps(Server server)
    {
        await Load(server, "history", CatchUpEvents);
        List<double> hundred = [], small = [];
        for (var round = 0; round < Rounds; round++)
        {
            hundred.Add(await Following.CatchUpAsync<HundredthTallies, HundredthTally>(server, "history", CatchUpEvents));
            small.Add(await Following.CatchUpAsync<SmallTallies, SmallTally>(server, "history", CatchUpEvents));
        }

        await Say($"Daemon catching up with {CatchUpEvents:N0} events, events per second, {Rounds} runs:");
        await Say($"into    100 documents   {string.Join(' ', hundred.Select(r => Text($"{r,7:F0}")))}");
        await Say($"into 20,000 documents   {string.Join(' ', small.Select(r => Text($"{r,7:F0}")))}");
        _line.Add(("catchup100", Text($"{Appending.Median(hundred):F0}")));
        _line.Add(("catchup20k", Text($"{Appending.Median(small):F0}")));
    }

    private async Task Visibility(Server server)
    {
        var delays = (await Following.VisibleAsync(server, "visible", 60)).Order().ToList();
        await Say($"Append to visible in an asynchronous read model, ms: median {delays[delays.Count / 2]:F1}, p95 {delays[delays.Count * 95 / 100]:F1}, max {delays[^1]:F1}");
        _line.Add(("visible_ms", Text($"{delays[delays.Count / 2]:F0}")));
    }

    private async Task Rebuild(Server server)
    {
        await Load(server, "large", RebuildEvents);
        var (rate, memory) = await RebuildProcess.MeasureAsync(server.Address.ConnectionString, "large");
        await Say($"Rebuilding 20,000 documents from {RebuildEvents:N0} events in a process of its own: {rate:F0} events/s, at most {memory:F0} MB");
    }

    /// <summary>The same work on stores of growing size: the cost of one event should not change.</summary>
    private async Task Growth(Server server)
    {
        await Say($"Events in the store   FetchForWriting/s at {Clients} clients (of pgbench)   catch-up events/s (100 documents)");
        await Grown(server, 10_000); // everything is compiled and warm when the first one counts
        foreach (var events in new[] { 10_000, 100_000, 1_000_000, 5_000_000 })
        {
            var (ratio, fetch, caughtUp) = await Grown(server, events);
            await Say($"{events,19:N0}   {fetch,33:F0} ({ratio:F2})   {caughtUp,33:F0}");
        }
    }

    private static async Task<(double Ratio, double Fetch, double CaughtUp)> Grown(Server server, int events)
    {
        const string schema = "grown";
        await Load(server, schema, events);
        var caughtUp = await Following.CatchUpAsync<HundredthTallies, HundredthTally>(server, schema, events);
        await using var store = Stores.Open<HundredthTallies>(server.Address.ConnectionString + ";Maximum Pool Size=50", schema);
        var (limit, fetch, _) = await new Appending(server, store).MeasureAsync(Clients, 1, Seconds);
        await server.Ask($"drop schema {schema} cascade");
        return (fetch / limit, fetch, caughtUp);
    }

    private static async Task Load(Server server, string schema, int events)
    {
        await using var store = Stores.Open<HundredthTallies>(server.Address.ConnectionString, schema);
        await new History(server, events).LoadAsync(store);
    }

    private Task Say(FormattableString text) => output.WriteLineAsync(Text(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
