using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Expo.Architecture.Tests.Code;

/// <summary>
/// Slices do not know each other, and streams meet only where they react to each other (F3). A slice is a file with an endpoint; what several
/// slices share stands in a file of its own. Other streams' states and events may be used by reactions (…When….cs), processes (…Process.cs),
/// modules (…Module.cs: who is due after what), and by what reads across streams (files without a decider that map only GET, and the small
/// look-ups that a module registers).
/// </summary>
public sealed partial class SliceRules
{
    // Deciders that are given another stream's whole state, and why.
    private static readonly Dictionary<string, string> MayLookInto = new()
    {
        ["services/Forum/RoomDays/BookRoom.cs"] = "a room is given to a proposal by most of what both say: seats, time, status and the room's plan",
        ["services/Matchmaking/Interests/ExpressInterest.cs"] = "an answer is judged by most of what a listing says: its form, its owner and whether it is open",
        ["services/Matchmaking/Boards/NominateNeed.cs"] = "a board takes a need by most of what its listing says",
    };

    private static readonly IReadOnlyList<Written> Types =
    [
        .. from service in Repo.Services
           from file in Repo.Files($"services/{service}", "*.cs")
           let text = File.ReadAllText(file)
           let scope = Namespace().Match(text).Groups[1].Value
           from Match declared in Declared().Matches(text)
           let type = Il.Module(service).GetType($"{scope}.{declared.Groups[1].Value}") ?? Il.Module(service).Types.FirstOrDefault(t => t.Namespace == scope && t.Name.Split('`')[0] == declared.Groups[1].Value)
           where type is not null
           select new Written(service, Repo.Relative(file), text, type),
    ];

    [Fact]
    public void What_a_slice_declares_is_known_to_modules_only()
    {
        var slices = Types.Where(t => t.IsSlice).ToList();
        Rule.MatchedSomething(slices, atLeast: 20);
        Rule.NoneOf(
            Uses(slices, (user, used) => user.File != used.File && !user.IsModule),
            "A slice can be deleted with its line in a module: put what others need into a file of its own in the folder, or into the state.");
    }

    [Fact]
    public void Streams_meet_only_where_they_react_to_each_other()
    {
        var inner = Types.Where(t => t.IsState || t.IsEvent).ToList();
        Rule.MatchedSomething(inner, atLeast: 30);
        Rule.NoneOf(
            Uses(inner, (user, used) => user.Folder != used.Folder && !user.MayReact && !user.OnlyReads && !MayLookInto.ContainsKey(user.File)),
            "Let the other stream react (…When….cs), or hand its decider what it needs from a look-up in the other's folder.");
    }

    private static IEnumerable<string> Uses(IReadOnlyList<Written> subjects, Func<Written, Written, bool> isWrong)
    {
        var byName = subjects.ToLookup(subject => subject.Type.FullName);
        return (from user in Types
                from mentioned in user.Type.WithNested().SelectMany(part => part.Mentions()).Select(t => t.FullName).Distinct()
                from used in byName[mentioned]
                where user.Service == used.Service && isWrong(user, used)
                select $"{user.File} -> {used.Type.Name} ({used.File})").Distinct();
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public|internal)\s+(?:(?:sealed|static|abstract|partial|readonly)\s+)*(?:record struct|record|class|struct|enum|interface)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"static class \w+Endpoint\b")]
    private static partial Regex MapsAnEndpoint();

    private sealed record Written(string Service, string File, string Text, TypeDefinition Type)
    {
        private string Name => Path.GetFileNameWithoutExtension(File);

        public string Folder => Path.GetDirectoryName(File)!;

        public bool IsModule => Name.EndsWith("Module", StringComparison.Ordinal) || Name == "Program";

        /// <summary>A use case: a command with its endpoint.</summary>
        public bool IsSlice => MapsAnEndpoint().IsMatch(Text) && Text.Contains(" Decide(", StringComparison.Ordinal) && !IsModule;

        public bool IsState => Type.Interfaces.Any(i => i.InterfaceType.FullName.StartsWith("Expo.Kernel.IState`1", StringComparison.Ordinal));

        public bool IsEvent => Type.BaseType?.Name.EndsWith("Event", StringComparison.Ordinal) == true;

        public bool MayReact => Text.Contains("IReact<", StringComparison.Ordinal) || Text.Contains("IConsumer<", StringComparison.Ordinal)
            || Name.EndsWith("Process", StringComparison.Ordinal) || IsModule;

        public bool OnlyReads => !Text.Contains(" Decide(", StringComparison.Ordinal) && !Text.Contains("streams.Decide", StringComparison.Ordinal);
    }
}
