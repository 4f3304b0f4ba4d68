using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Architecture.Tests.Code;
using Expo.Kernel;

namespace Expo.Architecture.Tests.Events;

/// <summary>What was stored once is read for ever (F6).</summary>
public sealed class GoldenRules
{
    [Fact]
    public void Every_golden_sample_is_still_read_with_nothing_lost()
    {
        var samples = Samples();
        Rule.MatchedSomething(samples, atLeast: 3);
        Rule.NoneOf(
            from sample in samples
            where sample.Event is null || !Contains(Again(sample), JsonNode.Parse(sample.Json))
            select sample.File,
            "An event was renamed or retyped. Undo that: add an optional member, or a new event (docs/how-to/change-an-event.md).");
    }

    [Fact]
    public void Every_golden_sample_still_folds()
    {
        var samples = Samples().Where(s => s.Event is not null).ToList();
        Rule.MatchedSomething(samples, atLeast: 3);
        var states = StateRules.States().ToList();
        foreach (var sample in samples)
        {
            var fact = JsonSerializer.Deserialize(sample.Json, sample.Event!.Type, EventStore.Json)!;
            foreach (var state in states.Where(state => state.Namespace == sample.Event.Type.Namespace))
                _ = state.GetMethod("Evolve", [typeof(object)])!.Invoke(Activator.CreateInstance(state), [fact]);
        }
    }

    [Fact]
    public async Task Golden_samples_are_only_ever_added()
    {
        if (!Directory.Exists(Repo.Path(".git")) && !File.Exists(Repo.Path(".git")))
            Assert.Skip("This is not a git working tree.");
        var folder = Repo.Relative(EventCatalogue.Folder);
        Rule.NoneOf(
            (await Git("log", "--diff-filter=MDRT", "--name-only", "--format=", "--", folder)).Concat(await Git("diff", "--diff-filter=MDRT", "--name-only", "HEAD", "--", folder)).Distinct(),
            "A golden sample was changed or removed: put it back as it was, and change the code instead.");
    }

    private static JsonNode? Again((string File, string Json, StoredEvent? Event) sample) =>
        JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(sample.Json, sample.Event!.Type, EventStore.Json), sample.Event.Type, EventStore.Json);

    private static List<(string File, string Json, StoredEvent? Event)> Samples() =>
    [
        .. from file in Repo.Files(Repo.Relative(EventCatalogue.Folder), "*.json")
           select (Repo.Relative(file), File.ReadAllText(file), EventCatalogue.Registered.SingleOrDefault(e => e.Golden.Contains(file))),
    ];

    // New members may have come; what was there must still be there.
    private static bool Contains(JsonNode? actual, JsonNode? golden) => (actual, golden) switch
    {
        (JsonObject now, JsonObject then) => then.All(member => now.TryGetPropertyValue(member.Key, out var value) && Contains(value, member.Value)),
        (JsonArray now, JsonArray then) => now.Count == then.Count && now.Zip(then).All(pair => Contains(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(actual, golden),
    };

    private static async Task<IReadOnlyList<string>> Git(params string[] arguments)
    {
        // The tree may be another user's than ours, which git does not read unless told to.
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "safe.directory=*", .. arguments]) { WorkingDirectory = Repo.Root, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
