using System.Diagnostics;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>A listener as a process of its own, so that it can end without a word.</summary>
public sealed class ListenerProcess
{
    private const string Prefix = "EXPO_LISTENER_";

    /// <summary>Starts one; the locker's messages end it, and so does that many commits.</summary>
    internal static async Task<Process> Start(string name, Database database, Guid deadly, int commits = int.MaxValue) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList = { typeof(ListenerProcess).Assembly.Location, "-noLogo", "-explicit", "only", "-method", $"{typeof(ListenerProcess).FullName}.{nameof(Messages_are_heard_until_the_process_is_ended)}" },
        Environment =
        {
            [Prefix + "NAME"] = name,
            [Prefix + "STORE"] = database.ConnectionString,
            [Prefix + "BROKER"] = (await Servers.Broker).GetConnectionString(),
            [Prefix + "DEADLY"] = deadly.ToString(),
            [Prefix + "COMMITS"] = commits.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        RedirectStandardOutput = true,
    })!;

    /// <summary>Runs in that process only.</summary>
    [Fact(Explicit = true)]
    public async Task Messages_are_heard_until_the_process_is_ended()
    {
        var settings = new Dictionary<string, string>(Cast.Impatient) { ["Messaging:Enabled"] = "true", ["ConnectionStrings:messaging"] = Given("BROKER") };
        var mood = new Mood { Deadly = Guid.Parse(Given("DEADLY")), CommitsLeft = int.Parse(Given("COMMITS"), System.Globalization.CultureInfo.InvariantCulture) };
        await using var database = Database.At(Given("STORE"));
        await using var host = await SampleHost.StartAsync(
            new ServiceSetup { Settings = settings, Database = database, Services = services => services.AddSingleton(mood) }, Given("NAME"));
        await Task.Delay(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken); // whoever started it ends it
    }

    private static string Given(string name) => Environment.GetEnvironmentVariable(Prefix + name)!;
}
