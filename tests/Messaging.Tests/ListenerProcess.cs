using System.Diagnostics;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>A listener as a process of its own, so that it can end without a word.</summary>
public sealed class ListenerProcess
{
    private const string Prefix = "EXPO_LISTENER_";

    /// <summary>Starts one; messages of some lockers fail, those of others end it, and so does that many commits.</summary>
    internal static Process Start(string name, Database database, Uri broker, IEnumerable<Guid> poisoned, IEnumerable<Guid> deadly, int commits = int.MaxValue)
    {
        var process = Process.Start(Command(name, database, broker, poisoned, deadly, commits))!;
        process.BeginOutputReadLine(); // a full pipe would hold it up
        return process;
    }

    /// <summary>Runs in that process only.</summary>
    [Fact(Explicit = true)]
    public async Task Messages_are_heard_until_the_process_is_ended()
    {
        var settings = new Dictionary<string, string>(Stage.Impatient) { ["ConnectionStrings:messaging"] = Given("BROKER") };
        var mood = new Mood { Deadly = Lockers("DEADLY").ToHashSet(), CommitsLeft = Number("COMMITS") };
        foreach (var locker in Lockers("POISONED"))
            mood.Poisoned[locker] = true;
        await using var database = Database.At(Given("STORE"));
        await using var host = await SampleHost.StartAsync(
            new ServiceSetup { Settings = settings, Database = database, Services = services => services.AddSingleton(mood) }, Given("NAME"));
        using var parent = Process.GetProcessById(Number("PARENT"));
        await parent.WaitForExitAsync(TestContext.Current.CancellationToken); // whoever started it ends it before
    }

    private static ProcessStartInfo Command(string name, Database database, Uri broker, IEnumerable<Guid> poisoned, IEnumerable<Guid> deadly, int commits) => new("dotnet")
    {
        ArgumentList = { typeof(ListenerProcess).Assembly.Location, "-noLogo", "-explicit", "only", "-method", $"{typeof(ListenerProcess).FullName}.{nameof(Messages_are_heard_until_the_process_is_ended)}" },
        Environment =
        {
            [Prefix + "NAME"] = name,
            [Prefix + "STORE"] = database.ConnectionString,
            [Prefix + "BROKER"] = broker.ToString(),
            [Prefix + "POISONED"] = string.Join(',', poisoned),
            [Prefix + "DEADLY"] = string.Join(',', deadly),
            [Prefix + "COMMITS"] = commits.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [Prefix + "PARENT"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        RedirectStandardOutput = true,
    };

    private static Guid[] Lockers(string name) => [.. Given(name).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    private static int Number(string name) => int.Parse(Given(name), System.Globalization.CultureInfo.InvariantCulture);

    private static string Given(string name) => Environment.GetEnvironmentVariable(Prefix + name)!;
}
