using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Expo.Architecture.Tests.Code;

/// <summary>What takes minutes: any slice can be deleted (F19), and everything is formatted (F22). Run by <c>./expo test soak</c>.</summary>
[Trait("run", "soak")]
public sealed partial class SoakRules
{
    private const int Sample = 4;

    /// <summary>Deletes slices with their module lines, one after another, in a clone of the last commit, and builds their service. EXPO_SLICES=all takes every slice, EXPO_SEED another sample.</summary>
    [Fact(Explicit = true)]
    public async Task A_deleted_slice_leaves_a_service_that_builds()
    {
        var slices = Repo.Services.SelectMany(service => Repo.Files($"services/{service}", "*.cs")).Select(Repo.Relative).Where(IsSlice).ToArray();
        Rule.MatchedSomething(slices, atLeast: 15);
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EXPO_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount & 0xFFFF;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var chosen = Environment.GetEnvironmentVariable("EXPO_SLICES") == "all" ? slices : Shuffled(slices, seed)[..Sample];

        var copy = Directory.CreateTempSubdirectory("expo-slices-").FullName;
        try
        {
            await Succeeds("git", Repo.Root, "clone", "-q", Repo.Root, copy);
            await Succeeds("dotnet", copy, "restore", "ExpoPlatform.sln", "-v", "q", "-nologo");
            var broken = new List<string>();
            foreach (var slice in chosen)
            {
                await Succeeds("git", copy, "checkout", "-q", "--", ".");
                Delete(copy, slice);
                var (code, said) = await Run("dotnet", copy, "build", Path.Combine("services", slice.Split('/')[1]), "--no-restore", "-m:1", "-v", "q", "-nologo", "-p:RunAnalyzers=false");
                if (code != 0)
                    broken.Add($"{slice} (seed {seed}): {FirstError().Match(said).Value}");
            }

            Rule.NoneOf(broken, "Something else than its module uses the slice: move what it shares into a file of its own.");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact(Explicit = true)]
    public Task Everything_is_formatted() => Succeeds("dotnet", Repo.Root, "format", "ExpoPlatform.sln", "--verify-no-changes", "--no-restore", "-v", "q");

    // A use case that HTTP asks for; what reactions use as well is a rule of the stream and stays.
    private static bool IsSlice(string file)
    {
        var text = File.ReadAllText(Repo.Path(file));
        return text.Contains(" Decide(", StringComparison.Ordinal) && Endpoint().IsMatch(text);
    }

    private static void Delete(string copy, string slice)
    {
        var file = Path.Combine(copy, slice);
        var endpoint = Endpoint().Match(File.ReadAllText(file)).Groups[1].Value;
        File.Delete(file);
        foreach (var module in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*Module.cs"))
            File.WriteAllLines(module, File.ReadAllLines(module).Where(line => !line.Contains($"{endpoint}.Map(", StringComparison.Ordinal)));
    }

    private static string[] Shuffled(string[] slices, int seed)
    {
        new Random(seed).Shuffle(slices);
        return slices;
    }

    private static async Task Succeeds(string program, string directory, params string[] arguments)
    {
        var (code, said) = await Run(program, directory, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} failed:\n{said}");
    }

    private static async Task<(int Code, string Said)> Run(string program, string directory, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said + await errors);
    }

    [GeneratedRegex(@"static class (\w+Endpoint)\b")]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"[^\n]*error [^\n]*")]
    private static partial Regex FirstError();
}
