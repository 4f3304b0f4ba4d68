using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;

namespace Expo.Architecture.Tests.Code;

/// <summary>Packages: one place for versions, locked, and none that is known to be vulnerable (F16).</summary>
public sealed class PackageRules
{
    private static readonly IReadOnlyList<string> Projects = Repo.Files(".", "*.csproj");

    [Fact]
    public void Versions_stand_in_one_place()
    {
        Rule.MatchedSomething(Projects, atLeast: 20);
        var files = Projects.Concat(Repo.Files(".", "*.props")).Concat(Repo.Files(".", "*.targets")).Where(file => Path.GetFileName(file) != "Directory.Packages.props");
        Rule.NoneOf(
            from file in files
            from reference in XDocument.Load(file).Descendants("PackageReference")
            where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Element("Version") is not null
            select $"{Repo.Relative(file)}: {(string?)reference.Attribute("Include")}",
            "Give the version in Directory.Packages.props.");
    }

    [Fact]
    public void Every_project_has_a_lock_file_that_agrees_with_the_central_versions()
    {
        var central = XDocument.Load(Repo.Path("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(v => (string)v.Attribute("Include")!, v => (string)v.Attribute("Version")!, StringComparer.OrdinalIgnoreCase);
        Rule.MatchedSomething(central, atLeast: 10);
        Rule.NoneOf(Projects.Where(project => !File.Exists(Lock(project))).Select(Repo.Relative), "Run dotnet restore ExpoPlatform.sln and commit packages.lock.json.");
        Rule.NoneOf(
            from project in Projects
            from package in Direct(Lock(project))
            where central.TryGetValue(package.Name, out var version) && package.Requested != $"[{version}, )"
            select $"{Repo.Relative(project)}: {package.Name} {package.Requested}, centrally {central[package.Name]}",
            "Run dotnet restore ExpoPlatform.sln --force-evaluate and commit the lock files.");
        Rule.NoneOf(
            from project in Projects
            let locked = Direct(Lock(project)).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)
            from reference in XDocument.Load(project).Descendants("PackageReference")
            where reference.Attribute("Condition") is null && reference.Parent!.Attribute("Condition") is null
            let name = (string?)reference.Attribute("Include")
            where name is not null && central.ContainsKey(name) && !locked.Contains(name) && !StandsIn(name)
            select $"{Repo.Relative(project)}: {name}",
            "The lock file does not know this package: run dotnet restore ExpoPlatform.sln --force-evaluate and commit it.");
    }

    [Fact]
    public void What_is_known_to_be_vulnerable_fails_the_build()
    {
        var files = Projects.Concat(Repo.Files(".", "*.props")).Concat(Repo.Files(".", "*.targets")).ToList();
        Rule.NoneOf(
            files.Where(file => XDocument.Load(file).Descendants().Any(e => (e.Name.LocalName == "NuGetAudit" && e.Value == "false")
                || (e.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" && e.Value.Contains("NU190", StringComparison.Ordinal)))).Select(Repo.Relative),
            "Do not switch the audit off: take a version without the weakness.");
        var common = XDocument.Load(Repo.Path("Directory.Build.props"));
        Assert.Equal("all", common.Descendants("NuGetAuditMode").Single().Value);
        Assert.Equal("true", common.Descendants("TreatWarningsAsErrors").Single().Value);
    }

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public async Task A_restore_in_locked_mode_finds_everything()
    {
        using var restore = Process.Start(new ProcessStartInfo("dotnet", ["restore", Repo.Path("ExpoPlatform.sln"), "--locked-mode", "-v", "q", "-nologo"]) { RedirectStandardOutput = true })!;
        var said = await restore.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await restore.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(restore.ExitCode == 0, $"Lock files and projects disagree: dotnet restore ExpoPlatform.sln --force-evaluate.\n{said}");
    }

    private static string Lock(string project) => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");

    // Compat.props turns these into project references.
    private static bool StandsIn(string package) => Directory.Exists(Repo.Path("compat", package)) || Repo.Files("compat", "*.props").Any(file => File.ReadAllText(file).Contains($"\"{package}\"", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Requested)> Direct(string file) =>
        from framework in JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file)).GetProperty("dependencies").EnumerateObject()
        from package in framework.Value.EnumerateObject()
        where package.Value.GetProperty("type").GetString() == "Direct"
        select (package.Name, package.Value.GetProperty("requested").GetString()!);
}
