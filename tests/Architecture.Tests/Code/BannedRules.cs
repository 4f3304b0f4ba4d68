using System.Text.RegularExpressions;

namespace Expo.Architecture.Tests.Code;

/// <summary>What nobody calls (F12): the analyser bans symbols at build time, and these rules guard the ban.</summary>
public sealed partial class BannedRules
{
    // The symbols that must stay banned; the list itself may grow.
    private static readonly string[] Banned =
    [
        "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTime.Today", "P:System.DateTimeOffset.Now", "P:System.DateTimeOffset.UtcNow",
        "M:System.Guid.NewGuid", "M:System.Threading.Thread.Sleep(System.Int32)", "M:System.Threading.Thread.Sleep(System.TimeSpan)",
        "M:System.Threading.Tasks.Task.Run(System.Action)", "M:System.Threading.Tasks.Task.Run(System.Func{System.Threading.Tasks.Task})",
        "M:System.Threading.Tasks.Task.Wait", "P:System.Threading.Tasks.Task`1.Result", "M:System.Net.Http.HttpClient.#ctor", "T:System.Console",
        "T:MediatR.IMediator",
    ];

    private static readonly string[] BannedOutsideMessaging = ["T:MassTransit.IPublishEndpoint", "T:MassTransit.IBus"];

    // Who may call what is banned for others, and why.
    private static readonly Dictionary<string, string> MayIgnoreTheBan = new()
    {
        ["demo/Program.cs"] = "a console program writes to the console",
        ["bench/Program.cs"] = "a console program writes to the console",
    };

    [Fact]
    public void The_ban_is_complete()
    {
        var everywhere = File.ReadAllLines(Repo.Path("BannedSymbols.txt")).Select(Symbol).ToHashSet();
        var outsideMessaging = File.ReadAllLines(Repo.Path("BannedSymbols.Publish.txt")).Select(Symbol).ToHashSet();
        Rule.NoneOf(Banned.Where(symbol => !everywhere.Contains(symbol)), "Put the symbol back into BannedSymbols.txt.");
        Rule.NoneOf(BannedOutsideMessaging.Where(symbol => !outsideMessaging.Contains(symbol)), "Put the symbol back into BannedSymbols.Publish.txt.");
        Assert.Contains("'$(MSBuildProjectName)' != 'Messaging'", File.ReadAllText(Repo.Path("Directory.Build.props")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_switches_the_ban_off()
    {
        var sources = Repo.Files(".", "*.cs").Concat(Repo.Files(".", "*.csproj")).Concat(Repo.Files(".", ".editorconfig")).ToList();
        Rule.MatchedSomething(sources, atLeast: 50);
        Rule.NoneOf(
            sources.Where(file => SwitchedOff().IsMatch(File.ReadAllText(file))).Select(Repo.Relative)
                .Where(file => !MayIgnoreTheBan.ContainsKey(file) && !file.EndsWith(nameof(BannedRules) + ".cs", StringComparison.Ordinal)),
            "Use what the ban's text proposes, or name the file and the reason in BannedRules.MayIgnoreTheBan.");
    }

    [Fact]
    public void Nothing_is_dynamic()
    {
        var sources = Repo.Files(".", "*.cs");
        Rule.MatchedSomething(sources, atLeast: 50);
        Rule.NoneOf(sources.Where(file => File.ReadLines(file).Any(line => Dynamic().IsMatch(line))).Select(Repo.Relative), "Write the type.");
    }

    private static string Symbol(string line) => line.Split(';')[0].Trim();

    [GeneratedRegex(@"(?i)(pragma\s+warning\s+disable|<NoWarn>|severity\s*=\s*none|SuppressMessage)[^\n]*RS0030|RS0030[^\n]*severity\s*=\s*none")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"(?<![\w""/.<])dynamic\s+\w+\s*[=;,)]")]
    private static partial Regex Dynamic();
}
