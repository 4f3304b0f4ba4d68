using System.Globalization;
using Testcontainers.RabbitMq;

namespace Expo.Bench.Gateway;

/// <summary>A command end to end through the gateway (an organisation's profile changes) beside a hand-written endpoint behind the same gateway on the same server.</summary>
public static class GatewayBench
{
    private const int Rounds = 5;
    private const int Seconds = 6;
    private const int Organisations = 320;
    private const string Ours = "registration";
    private const string Theirs = "forum";
    private static readonly int[] ClientCounts = [8, 32];

    /// <summary>Runs it and prints a table and the line for scripts.</summary>
    public static async Task RunAsync(TextWriter output)
    {
        await using var server = new Server();
        await server.StartAsync(output);
        await server.Ask(HandWritten.Tables);
        await using var broker = new RabbitMqBuilder("rabbitmq:3.13").Build();
        await broker.StartAsync();

        var clients = new Clients();
        var store = server.Address.ConnectionString + ";Maximum Pool Size=40";
        await using var registration = await HostProcess.StartAsync("Registration", new Dictionary<string, string>
        {
            ["ConnectionStrings:store"] = store,
            ["ConnectionStrings:messaging"] = broker.GetConnectionString(),
            ["EventStore:ApplySchema"] = "true",
            ["MasterKey"] = "a master key for the bench, 0123456789",
            ["Committee:Password"] = "a password for the bench",
            ["Identity:Jwks"] = clients.Jwks,
        });
        await using var plain = await HostProcess.StartAsync("Bench", new Dictionary<string, string>(), "hand-written", store);
        await using var gateway = await HostProcess.StartAsync("Gateway", new Dictionary<string, string>
        {
            [$"services:{Ours}:http:0"] = registration.Address.ToString(),
            [$"services:{Theirs}:http:0"] = plain.Address.ToString(),
            ["Identity:Jwks"] = clients.Jwks,
            ["RateLimits:Requests"] = "1000000000",
        });
        using var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false };
        using var door = new HttpClient(handler) { BaseAddress = gateway.Address };
        await clients.RegisterAsync(door, Organisations);

        var figures = ClientCounts.ToDictionary(c => c, _ => (Plain: new List<double>(), Ours: new List<double>()));
        foreach (var service in (string[])[Theirs, Ours])
            await clients.MeasureAsync(door, service, 8, Seconds); // warm up
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var count in ClientCounts)
            {
                await server.Ask("checkpoint");
                figures[count].Plain.Add(await clients.MeasureAsync(door, Theirs, count, Seconds));
                await server.Ask("checkpoint");
                figures[count].Ours.Add(await clients.MeasureAsync(door, Ours, count, Seconds));
            }
        }

        await output.WriteLineAsync($"Commands per second through the gateway, median of {Rounds} rounds of {Seconds} s each:");
        await output.WriteLineAsync("clients   hand-written   ours   ratio");
        foreach (var (count, (plainly, ours)) in figures)
            await output.WriteLineAsync(Line($"{count,7}   {Median(plainly),12:F0}   {Median(ours),4:F0}   {Ratio(plainly, ours),5:F2}"));
        var most = figures.Values.Max(f => Median(f.Ours));
        await output.WriteLineAsync("gateway " + string.Join(' ', figures.Select(f => Line($"c{f.Key}={Ratio(f.Value.Plain, f.Value.Ours):F2}"))) + Line($" per_s={most:F0}"));
    }

    private static double Ratio(List<double> limit, List<double> ours) => Median(ours) / Median(limit);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
