using System.Text.RegularExpressions;

namespace Expo.Architecture.Tests.Docs;

/// <summary>What the documents say is there, is there (F20).</summary>
public sealed partial class DocRules
{
    private static readonly IReadOnlyList<string> Pages = Repo.Files(".", "*.md");

    [Fact]
    public void Links_lead_somewhere()
    {
        var links = (from page in Pages
                     from Match link in Link().Matches(WithoutCode(File.ReadAllText(page)))
                     let target = link.Groups[1].Value
                     where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                     select (page, target)).ToList();
        Rule.MatchedSomething(links, atLeast: 20);
        Rule.NoneOf(links.Where(link => !Resolves(link.page, link.target)).Select(link => $"{Repo.Relative(link.page)} -> {link.target}"), "Correct the link, or the heading it names.");
    }

    [Fact]
    public void Files_that_documents_name_exist()
    {
        var named = (from page in Pages
                     from Match name in FileName().Matches(File.ReadAllText(page))
                     select (page, name.Groups[1].Value)).ToList();
        Rule.MatchedSomething(named, atLeast: 5);
        Rule.NoneOf(named.Where(n => !File.Exists(Repo.Path(n.Value))).Select(n => $"{Repo.Relative(n.page)}: {n.Value}"), "Name the file where it is now.");
    }

    [Fact]
    public void Snippets_are_of_the_code_or_say_that_they_are_sketches()
    {
        var code = Repo.Files(".", "*.cs").Concat(Repo.Files(".", "*.csproj")).Concat(Repo.Files(".", "*.props")).SelectMany(File.ReadLines).Select(line => line.Trim()).ToHashSet();
        Rule.MatchedSomething(code, atLeast: 1000);
        Rule.NoneOf(
            from page in Pages
            from Match snippet in Snippet().Matches(File.ReadAllText(page))
            where snippet.Groups[1].Value.Trim() != "<!-- sketch -->"
            from line in snippet.Groups[2].Value.Split('\n').Select(line => line.Trim())
            where line.Length > 3 && line != "…" && !line.StartsWith("//", StringComparison.Ordinal) && !code.Contains(line)
            select $"{Repo.Relative(page)}: {line}",
            "Copy the line from the code as it is now, or put <!-- sketch --> above the snippet.");
    }

    [Fact]
    public void Decision_records_are_numbered_once_and_listed()
    {
        var records = Repo.Files("docs/adr", "*.md").Where(file => Path.GetFileName(file) != "README.md").Select(file => Path.GetFileName(file)).ToList();
        Rule.MatchedSomething(records, atLeast: 5);
        var index = File.ReadAllText(Repo.Path("docs", "adr", "README.md"));
        Rule.NoneOf(records.Where(name => !AdrName().IsMatch(name)), "A decision record is named 0001-what-was-decided.md.");
        Rule.NoneOf(records.GroupBy(name => name[..4]).Where(same => same.Count() > 1).Select(same => string.Join(", ", same)), "Two decision records have one number: give the later one the next.");
        Rule.NoneOf(records.Where(name => !index.Contains($"({name})", StringComparison.Ordinal)), "List it in docs/adr/README.md.");
    }

    [Fact]
    public void Nobodys_working_notes_are_here() => Rule.NoneOf(
        Repo.Files(".", "*").Select(Repo.Relative).Where(file => WorkingNote().IsMatch(file)), "Plans, hand-overs and patches belong elsewhere: delete the file.");

    private static bool Resolves(string page, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
        if (!File.Exists(file) && !Directory.Exists(file))
            return false;
        return anchor is null || !file.EndsWith(".md", StringComparison.Ordinal)
            || File.ReadLines(file).Where(line => line.StartsWith('#')).Any(line => Anchor(line.TrimStart('#').Trim()) == anchor);
    }

    private static string Anchor(string heading) => NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string text) => Snippets().Replace(text, "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:services|gateway|AppHost|ServiceDefaults|compat|tests|docs|demo|bench)/[\w./-]+\.(?:cs|md|txt|json|props|csproj))`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"(?:^|\n)([^\n]*)\n```(?:csharp|cs)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline)]
    private static partial Regex Snippets();

    [GeneratedRegex(@"^\d{4}(-[a-z0-9]+)+\.md$")]
    private static partial Regex AdrName();

    [GeneratedRegex(@"(?:^|/)[^/]*(?:PLAN|HANDOFF|HANDOVER)[^/]*\.md$|\.patch$|\.orig$|\.rej$")]
    private static partial Regex WorkingNote();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
