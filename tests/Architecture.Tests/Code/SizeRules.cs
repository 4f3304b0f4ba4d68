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
    public void The_kernel_stays_small()
    {
        var files = Repo.Files("services/Kernel", "*.cs");
        Rule.MatchedSomething(files, atLeast: 10);
        var lines = files.Sum(Lines);
        Assert.True(files.Count <= 30, $"Kernel has {files.Count} files, and may have 30: send what only one service uses back to it.");
        Assert.True(lines <= 2000, $"Kernel has {lines} lines, and may have 2,000: send what only one service uses back to it.");
    }

    [Fact]
    public void The_first_pages_stay_short()
    {
        NoLonger([Repo.Path("README.md")], 150, "Move the detail to docs/ and link it.");
        NoLonger([Repo.Path("ARCHITECTURE.md")], 250, "It is a map: move the detail to docs/ and link it.");
    }

    private static void NoLonger(IEnumerable<string> files, int limit, string remedy, int atLeast = 1)
    {
        var list = files.ToList();
        Rule.MatchedSomething(list, atLeast);
        Rule.NoneOf(list.Select(file => (File: file, Lines: Lines(file))).Where(f => f.Lines > limit).Select(f => $"{Repo.Relative(f.File)}: {f.Lines} lines, may have {limit}"), remedy);
    }

    private static int Lines(string file) => File.ReadLines(file).Count();
}
