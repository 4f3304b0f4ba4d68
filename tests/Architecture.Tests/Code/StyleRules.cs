namespace Expo.Architecture.Tests.Code;

/// <summary>What the build itself enforces, and that it stays enforced (F22).</summary>
public sealed class StyleRules
{
    private static readonly string[] Errors = ["CA2016", "CA1848", "CA1852", "IDE0161"];

    [Fact]
    public void The_build_enforces_style()
    {
        var settings = File.ReadAllLines(Repo.Path(".editorconfig")).TakeWhile(line => !line.StartsWith("[tests/", StringComparison.Ordinal)).ToList();
        Rule.NoneOf(Errors.Where(rule => !settings.Contains($"dotnet_diagnostic.{rule}.severity = error")), "Put the severity back into .editorconfig.");
        var common = File.ReadAllText(Repo.Path("Directory.Build.props"));
        Rule.NoneOf(
            ((string[])["<TreatWarningsAsErrors>true<", "<EnforceCodeStyleInBuild>true<", "<AnalysisLevel>latest-recommended<"]).Where(setting => !common.Contains(setting, StringComparison.Ordinal)),
            "Put the setting back into Directory.Build.props.");
    }

    [Fact]
    public void No_project_switches_analysis_off()
    {
        var projects = Repo.Files(".", "*.csproj");
        Rule.MatchedSomething(projects, atLeast: 20);
        Rule.NoneOf(
            projects.Where(file => File.ReadAllText(file) is var text && (Errors.Any(rule => text.Contains(rule, StringComparison.Ordinal))
                || text.Contains("TreatWarningsAsErrors", StringComparison.Ordinal) || text.Contains("RunAnalyzers", StringComparison.Ordinal))).Select(Repo.Relative),
            "Mend the code instead; a rule that is wrong for everybody goes into .editorconfig.");
    }
}
