using System.Text.RegularExpressions;

namespace Expo.Architecture.Tests.Code;

/// <summary>What a reader of the sources must not meet (F14), and who may name the broker and the store (F15).</summary>
public sealed partial class TextRules
{
    private static readonly string[] Shared = ["services/Kernel/", "services/Messaging/", "services/Operations/", "services/Contracts/"];

    [Fact]
    public void A_service_catches_nothing()
    {
        var sources = Sources();
        Rule.MatchedSomething(sources, atLeast: 60);
        Rule.NoneOf(Lines(sources, CatchClause()), "A refusal is a value, and what is broken is reported: let the exception pass.");
    }

    [Fact]
    public void A_decider_throws_nothing()
    {
        var deciders = Sources().Where(source => source.Text.Contains(" Decide(", StringComparison.Ordinal)).ToList();
        Rule.MatchedSomething(deciders, atLeast: 20);
        Rule.NoneOf(Lines(deciders, Throws()).Where(line => !line.Contains("UnreachableException", StringComparison.Ordinal)), "Return a Refusal; only UnreachableException may be thrown beside a decider.");
    }

    [Fact]
    public void What_is_to_be_done_has_an_issue()
    {
        var sources = Everything();
        Rule.MatchedSomething(sources, atLeast: 200);
        Rule.NoneOf(Lines(sources, Later()), "Do it now, or name the issue beside it, such as #12.");
    }

    [Fact]
    public void No_code_is_commented_out()
    {
        var sources = Everything();
        Rule.MatchedSomething(sources, atLeast: 200);
        Rule.NoneOf(Lines(sources, CommentedOut()), "Delete it: git remembers.");
    }

    [Fact]
    public void Few_files_name_the_broker()
    {
        var sources = Sources().Concat(Of("services/Messaging")).Where(source => source.Text.Contains("MassTransit", StringComparison.Ordinal)).ToList();
        Rule.MatchedSomething(sources, atLeast: 3);
        Rule.NoneOf(
            sources.Select(source => source.File).Where(file => !file.StartsWith("services/Messaging/", StringComparison.Ordinal) && !Path.GetFileName(file).Contains("When", StringComparison.Ordinal)),
            "Only services/Messaging and consumers (…When….cs) know MassTransit, so that a change of broker stays small.");
    }

    [Fact]
    public void Few_files_name_the_event_store()
    {
        var sources = Sources().Where(source => NamesMarten().IsMatch(source.Text)).ToList();
        Rule.MatchedSomething(sources, atLeast: 5);
        Rule.NoneOf(
            sources.Where(source => !source.File.EndsWith("Module.cs", StringComparison.Ordinal) && (source.Text.Contains(" Decide(", StringComparison.Ordinal) || !source.Text.Contains("IQuerySession", StringComparison.Ordinal)))
                .Select(source => source.File),
            "Only Kernel, modules and what reads (IQuerySession, no decider beside it) know Marten; decide through Streams.");
    }

    // The services' own sources.
    private static List<Source> Sources() => [.. Of("services").Where(source => !Shared.Any(folder => source.File.StartsWith(folder, StringComparison.Ordinal)))];

    private static List<Source> Everything() =>
        [.. ((string[])["AppHost", "ServiceDefaults", "services", "gateway", "compat", "tests", "bench", "demo"]).SelectMany(Of).Where(source => !source.File.EndsWith(nameof(TextRules) + ".cs", StringComparison.Ordinal))];

    private static IEnumerable<Source> Of(string folder) => Repo.Files(folder, "*.cs").Select(file => new Source(Repo.Relative(file), File.ReadAllText(file)));

    private static IEnumerable<string> Lines(IEnumerable<Source> sources, Regex wrong) =>
        from source in sources
        from line in source.Text.Split('\n').Select((text, i) => (Text: text, Number: i + 1))
        where wrong.IsMatch(line.Text)
        select $"{source.File}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"^\s*\}?\s*catch\b")]
    private static partial Regex CatchClause();

    [GeneratedRegex(@"(?<!//.*)\bthrow\b")]
    private static partial Regex Throws();

    [GeneratedRegex(@"\b(TODO|HACK|FIXME)\b(?!.*#\d)")]
    private static partial Regex Later();

    [GeneratedRegex(@"^\s*//(?!/)\s*(var |return |await |using |if \(|for |foreach |public |private |internal |\w+(\.\w+)*\().*[;{]\s*$")]
    private static partial Regex CommentedOut();

    [GeneratedRegex(@"^using (Marten|JasperFx)\b|\bMarten\.\w|IDocumentS", RegexOptions.Multiline)]
    private static partial Regex NamesMarten();

    private sealed record Source(string File, string Text);
}
