using System.Xml.Linq;

namespace Expo.Architecture.Tests;

/// <summary>Who may reference whom (F1).</summary>
public sealed class ProjectRules
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["ServiceDefaults"] = [],
        ["Contracts"] = [],
        ["Kernel"] = ["Contracts", "ServiceDefaults"],
        ["Messaging"] = ["Kernel", "Contracts", "ServiceDefaults"],
        ["Operations"] = ["Kernel", "Messaging", "ServiceDefaults"],
        ["Registration"] = ["Kernel", "Messaging", "Operations", "Contracts", "ServiceDefaults"],
        ["Exhibition"] = ["Kernel", "Messaging", "Operations", "Contracts", "ServiceDefaults"],
        ["Recruitment"] = ["Kernel", "Messaging", "Operations", "Contracts", "ServiceDefaults"],
        ["Forum"] = ["Kernel", "Messaging", "Operations", "Contracts", "ServiceDefaults"],
        ["Matchmaking"] = ["Kernel", "Messaging", "Operations", "Contracts", "ServiceDefaults"],
        ["Gateway"] = ["ServiceDefaults"],
        ["AppHost"] = ["Registration", "Exhibition", "Recruitment", "Forum", "Matchmaking", "Gateway"],
    };

    [Fact]
    public void A_production_project_references_only_what_it_may()
    {
        var projects = Projects().Where(p => MayReference.ContainsKey(p.Name)).ToList();
        Rule.MatchedSomething(projects, atLeast: 10);
        Rule.NoneOf(
            from project in projects
            from target in project.References
            where !MayReference[project.Name].Contains(target)
            select $"{project.Name} -> {target}",
            "A service knows only Kernel, Messaging, Operations, Contracts and ServiceDefaults: send a message instead of taking the reference.");
    }

    [Fact]
    public void Every_project_under_services_has_its_references_ruled()
    {
        var services = Repo.Files("services", "*.csproj").Select(Path.GetFileNameWithoutExtension).ToList();
        Rule.MatchedSomething(services, atLeast: 8);
        Rule.NoneOf(services.Where(name => !MayReference.ContainsKey(name!)).Select(name => name!), "Say in ProjectRules.MayReference what this project may reference.");
    }

    [Fact]
    public void Only_the_platform_tests_reference_the_app_host()
    {
        var projects = Projects();
        Rule.MatchedSomething(projects, atLeast: 10);
        Rule.NoneOf(
            projects.Where(p => p.Name != "Platform.Tests" && p.References.Contains("AppHost")).Select(p => p.Name),
            "AppHost is where everything comes together; nothing else may depend on it.");
    }

    [Fact]
    public void Stand_ins_are_referenced_by_the_name_of_the_package_they_stand_in_for()
    {
        var projects = Projects().Where(p => !p.File.StartsWith("compat/", StringComparison.Ordinal)).ToList();
        Rule.MatchedSomething(projects, atLeast: 10);
        Rule.NoneOf(
            from project in projects
            where project.Name is not ("Marten.Tests" or "Testcontainers.Tests" or "Upstream.Tests")
            from path in project.Paths
            // The dashboard stands in for no package.
            where path.Contains("compat/", StringComparison.Ordinal) && !path.EndsWith("/Aspire.Dashboard.csproj", StringComparison.Ordinal)
            select $"{project.Name} -> {path}",
            "Write <PackageReference Include=\"Marten\" /> and let compat/Compat.props decide what it is.");
    }

    private static List<Project> Projects() => [.. Repo.Files(".", "*.csproj").Select(Project.Read)];

    private sealed record Project(string Name, string File, IReadOnlyList<string> Paths)
    {
        public IReadOnlyList<string> References => [.. Paths.Select(path => Path.GetFileNameWithoutExtension(path))];

        public static Project Read(string file) => new(
            Path.GetFileNameWithoutExtension(file),
            Repo.Relative(file),
            [.. XDocument.Load(file).Descendants("ProjectReference").Attributes("Include").Select(include => include.Value.Replace('\\', '/'))]);
    }
}
