using System.Diagnostics;
using System.Globalization;
using DotNet.Testcontainers.Containers;
using Expo.TestKit;

namespace Expo.Messaging.Tests;

/// <summary>Ends the shared servers without a word, so that whatever was on its way is gone or unknown, and starts them again.</summary>
internal static class Killing
{
    public static async Task Broker() => await Restart(await Stage.Broker, "beam.smp");

    public static async Task Postgres() => await Restart(await Servers.Postgres, "postgres");

    private static async Task Restart(IContainer server, string program)
    {
        Kill(program);
        await server.StopAsync(TestContext.Current.CancellationToken);
        await server.StartAsync(TestContext.Current.CancellationToken);
    }

    // Only descendants of this process are ours. Parents first, so that none of them tidies up after its children.
    private static void Kill(string program)
    {
        var all = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(id => int.TryParse(id, out _)).Select(id => Stat(id!)).OfType<(int Id, string Name, int Parent)>()
            .ToDictionary(p => p.Id);
        var doomed = all.Values.Where(p => p.Name == program && IsOurs(p.Parent)).OrderBy(p => p.Id).ToList();
        Assert.NotEmpty(doomed);
        foreach (var (id, _, _) in doomed)
        {
            try
            {
                Process.GetProcessById(id).Kill();
            }
            catch (ArgumentException)
            {
                // it has just ended
            }
        }

        bool IsOurs(int id) => id == Environment.ProcessId || (all.TryGetValue(id, out var p) && IsOurs(p.Parent));
    }

    private static (int Id, string Name, int Parent)? Stat(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            return (int.Parse(id, CultureInfo.InvariantCulture), stat[(open + 1)..close], int.Parse(stat[(close + 4)..].Split(' ')[0], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // it has just ended
        }
    }
}
