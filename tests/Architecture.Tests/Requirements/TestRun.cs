using System.Text.Json;
using System.Xml.Linq;
using Expo.TestKit;

namespace Expo.Architecture.Tests.Requirements;

/// <summary>What the test projects reported in this run of <c>./expo test</c>: which tests passed, and what they saw accepted and refused.</summary>
internal sealed record TestRun(IReadOnlySet<string> Passed, IReadOnlySet<string> Failed, IReadOnlyDictionary<string, Seen> Seen)
{
    /// <summary>Where the reports are; set by a full run only.</summary>
    public static string? Directory { get; } = Environment.GetEnvironmentVariable("EXPO_REPORTS");

    public static TestRun Read(string directory)
    {
        var tests = System.IO.Directory.EnumerateFiles(directory, "*.xml").SelectMany(file => XDocument.Load(file).Descendants("test"))
            .Select(test => (Name: $"{(string?)test.Attribute("type")}.{(string?)test.Attribute("method")}", Result: (string?)test.Attribute("result"))).ToList();
        var failed = tests.Where(test => test.Result == "Fail").Select(test => test.Name).ToHashSet();
        return new(
            tests.Where(test => test.Result == "Pass").Select(test => test.Name).Except(failed).ToHashSet(),
            failed,
            System.IO.Directory.EnumerateFiles(directory, "*.seen.json")
                .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, Seen>>(File.ReadAllText(file))!)
                .ToDictionary(entry => entry.Key, entry => entry.Value));
    }

    /// <summary>Whether a spec passed and saw one of these accepted.</summary>
    public bool Accepted(SpecOf spec, IEnumerable<Built> built) => Saw(spec, seen => seen.Accepted, built);

    /// <summary>Whether a spec passed and saw one of these refused.</summary>
    public bool Refused(SpecOf spec, IEnumerable<Built> built) => Saw(spec, seen => seen.Refused, built);

    private bool Saw(SpecOf spec, Func<Seen, IEnumerable<string>> of, IEnumerable<Built> built) =>
        Passed.Contains(spec.Test) && Seen.TryGetValue(spec.Test, out var seen) && of(seen).Any(what => built.Any(b => b.Is(what)));
}
