namespace Expo.Architecture.Tests.Code;

/// <summary>A reader's patience (F13).</summary>
public sealed class SizeRules
{
    private static readonly string[] Everything = ["AppHost", "ServiceDefaults", "services", "gateway", "compat", "tests", "bench", "demo"];

    [Fact]
    public void A_file_in_a_service_fits_on_two_screens() => NoLonger(Repo.Files("services", "*.cs"), 150, "Split the use case, not its types.");

    [Fact]
    public void No_source_file_is_long() => NoLonger(Everything.SelectMany(folder => Repo.Files(folder, "*.cs")), 250, "Split the file along what it speaks of.");

    [Fact]
    public void A_program_reads_as_a_table_of_contents() => NoLonger(
        Repo.Files("services", "Program.cs").Concat(Repo.Files("gateway", "Program.cs")), 40, "Move what it does to a module.", atLeast: 6);

    [Fact]
    public void The_deployment_map_stays_a_map() => NoLonger(Repo.Files("AppHost", "Program.cs"), 120, "Move what is not the map out of AppHost/Program.cs.");

    [Fact]
    public void The_kernel_stays_small() => Fits("Kernel", files: 30, lines: 2000, atLeast: 10);

    [Fact]
    public void Messaging_stays_small() => Fits("Messaging", files: 28, lines: 2000, atLeast: 5);

    [Fact]
    public void The_operators_commands_stay_small() => Fits("Operations", files: 10, lines: 800, atLeast: 5);

    [Fact]
    public void The_first_pages_stay_short()
    {
        NoLonger([Repo.Path("README.md")], 150, "Move the detail to docs/ and link it.");
        NoLonger([Repo.Path("ARCHITECTURE.md")], 250, "It is a map: move the detail to docs/ and link it.");
    }

    private static void Fits(string project, int files, int lines, int atLeast)
    {
        var found = Repo.Files($"services/{project}", "*.cs");
        Rule.MatchedSomething(found, atLeast);
        var sum = found.Sum(Lines);
        Assert.True(found.Count <= files, $"{project} has {found.Count} files, and may have {files}: send what only one service uses back to it.");
        Assert.True(sum <= lines, $"{project} has {sum} lines, and may have {lines}: send what only one service uses back to it.");
    }

    private static void NoLonger(IEnumerable<string> files, int limit, string remedy, int atLeast = 1)
    {
        var list = files.ToList();
        Rule.MatchedSomething(list, atLeast);
        Rule.NoneOf(list.Select(file => (File: file, Lines: Lines(file))).Where(f => f.Lines > limit).Select(f => $"{Repo.Relative(f.File)}: {f.Lines} lines, may have {limit}"), remedy);
    }

    private static int Lines(string file) => File.ReadLines(file).Count();
}
