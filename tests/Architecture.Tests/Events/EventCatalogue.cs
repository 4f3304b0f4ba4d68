using System.Text.RegularExpressions;
using Expo.Architecture.Tests.Code;

namespace Expo.Architecture.Tests.Events;

/// <summary>An event type, the name it is stored under, and the service that stores it.</summary>
internal sealed record StoredEvent(string Service, Type Type, string StoredName)
{
    /// <summary>The golden samples of every shape it has had: <c>name.json</c>, then <c>name.2.json</c> and so on.</summary>
    public IReadOnlyList<string> Golden => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, StoredName + ".*json").Where(file => EventCatalogue.NameOf(file) == StoredName).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Where the sample of the next shape goes.</summary>
    public string Next => Path.Combine(Folder, Golden.Count == 0 ? $"{StoredName}.json" : $"{StoredName}.{Golden.Count + 1}.json");

    private string Folder => Path.Combine(EventCatalogue.Folder, Service.ToLowerInvariant());
}

/// <summary>Every event of the platform: the types as compiled, the stored names as the modules list them.</summary>
internal static partial class EventCatalogue
{
    public static string Folder => Repo.Path("tests", "Architecture.Tests", "approved", "events");

    /// <summary>Concrete members of event families (an abstract record named …Event).</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. Repo.ServiceAssemblies.SelectMany(a => a.GetTypes()).Where(type => !type.IsAbstract && Family(type) is not null)];

    /// <summary>The lines that register them, such as <c>.Event&lt;BoothPlanned&gt;("booth_planned")</c>.</summary>
    public static IReadOnlyList<(string Service, string TypeName, string StoredName)> Lines { get; } =
    [
        .. from file in Repo.Files("services", "*.cs")
           from Match line in Registration().Matches(File.ReadAllText(file))
           select (Repo.Relative(file).Split('/')[1], line.Groups[1].Value.Split('.')[^1], line.Groups[2].Value),
    ];

    /// <summary>The registered events.</summary>
    public static IReadOnlyList<StoredEvent> Registered { get; } =
    [
        .. from line in Lines
           from type in Types
           where type.Name == line.TypeName && type.Assembly.GetName().Name == line.Service
           select new StoredEvent(line.Service, type, line.StoredName),
    ];

    /// <summary>The stored name that a golden sample is of.</summary>
    public static string NameOf(string file) => Path.GetFileName(file).Split('.')[0];

    public static Type? Family(Type type) =>
        type.BaseType is { IsAbstract: true } parent && parent.Name.EndsWith("Event", StringComparison.Ordinal) ? parent : null;

    /// <summary>The names of the types that something folds or projects.</summary>
    public static HashSet<string> Folded() =>
    [
        .. from assembly in Repo.Services.Append("Kernel")
           from type in Il.Module(assembly).Written()
           from method in type.Methods
           where method.Name is "Evolve" or "Apply" or "Create" or "Project"
           from mentioned in method.Mentions()
           select mentioned.FullName.Replace('/', '+'),
    ];

    [GeneratedRegex(@"\.Event<([\w.]+)>\(\s*""([^""]+)""\s*\)")]
    private static partial Regex Registration();
}
