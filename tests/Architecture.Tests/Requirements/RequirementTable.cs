using System.Text;
using System.Text.RegularExpressions;
using Expo.Architecture.Tests.Code;
using Expo.Architecture.Tests.Http;
using Expo.ServiceDefaults;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Expo.Architecture.Tests.Requirements;

/// <summary>Something built that says which requirements it fulfils: an endpoint, a consumer or a reaction.</summary>
/// <param name="Name">Verb and route, or the class.</param>
/// <param name="Ids">What it fulfils.</param>
/// <param name="File">Where it is written.</param>
/// <param name="Service">Whose it is.</param>
/// <param name="Commands">What it decides.</param>
internal sealed record Built(string Service, string Name, IReadOnlyList<string> Ids, string File, IReadOnlyList<TypeDefinition> Commands)
{
    /// <summary>As the table shows it; every service's routes begin alike.</summary>
    public string Shown => Name.Replace($"/api/{Service.ToLowerInvariant()}/v1", "", StringComparison.Ordinal);

    /// <summary>Whether a decider behind it can say no.</summary>
    public bool HasRule => Commands.Any(command => command.CanRefuse());

    /// <summary>Whether a test that saw this (a command's name, or a request) saw it at work.</summary>
    public bool Is(string seen) => Commands.Any(command => command.Name == seen) || (Name.Contains(" /", StringComparison.Ordinal) && Request().IsMatch(seen));

    private Regex Request() => new($"^{string.Join("[^/]+", Regex.Split(Name, @"\{[^}]*\}").Select(Regex.Escape))}/?$");
}

/// <summary>A test that says which requirements it is about.</summary>
/// <param name="Test">Class and method, as the runner names them.</param>
/// <param name="Name">The method.</param>
/// <param name="Ids">What it is about.</param>
/// <param name="File">Where it is written.</param>
internal sealed record SpecOf(string Test, string Name, IReadOnlyList<string> Ids, string File);

/// <summary>Which requirement is built where, and which specs show it.</summary>
internal sealed partial record RequirementTable(IReadOnlyList<Built> Built, IReadOnlyList<SpecOf> Specs)
{
    private static readonly Dictionary<string, string> Chapters = new()
    {
        ["E"] = "Edition, organisers and venue", ["R"] = "Accounts, organisations and passes", ["X"] = "Exhibition", ["J"] = "Recruitment",
        ["F"] = "Forums and activities", ["M"] = "Matching", ["S"] = "Survey of needs", ["O"] = "Outcomes and cases", ["P"] = "Programme results",
        ["H"] = "Accreditation", ["HF"] = "Accreditation form",
    };

    /// <summary>Every id there is, with a title.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } = File.ReadLines(Repo.Path("tests", "Architecture.Tests", "Requirements", "known.txt"))
        .Select(line => line.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    /// <summary>The ids that are built or tested, in the order of the list.</summary>
    public IReadOnlyList<string> Ids { get; } = Order(Built.SelectMany(b => b.Ids).Concat(Specs.SelectMany(s => s.Ids)));

    public static RequirementTable Of(IEnumerable<ServedEndpoint> endpoints)
    {
        var files = Repo.Files(".", "*.cs").SelectMany(file => TypeName().Matches(File.ReadAllText(file)).Select(match => (Name: match.Groups[1].Value, file)))
            .ToLookup(found => found.Name, found => Repo.Relative(found.file));
        return new([.. endpoints.Select(e => From(e, files)).Concat(Consumers(files)).Where(b => b.Ids.Count > 0)], [.. AllSpecs(files)]);
    }

    /// <summary>The table as a page.</summary>
    public string Page()
    {
        var page = new StringBuilder("""
            # Requirements

            What of the requirements is built so far, where, and which specs show it; a row does not say that nothing is left to do. Made from the
            marks in the code by the architecture tests ([how](../CONTRIBUTING.md#requirements)); in a full `./expo test` the specs of every row must
            have been seen to accept and, where there is a rule, to refuse.

            """);
        foreach (var group in Ids.GroupBy(id => id.Split('-')[0]))
        {
            page.Append('\n').Append("## ").Append(Chapters.GetValueOrDefault(group.Key, group.Key)).Append("\n\n| Requirement | Built | Specs |\n|---|---|---|\n");
            foreach (var id in group)
            {
                page.Append("| **").Append(id).Append("** ").Append(Known.GetValueOrDefault(id)).Append(" | ")
                    .AppendJoin("<br>", Built.Where(b => b.Ids.Contains(id)).OrderBy(b => b.File, StringComparer.Ordinal).ThenBy(b => b.Name, StringComparer.Ordinal)
                        .Select(b => $"{b.Service} [`{b.Shown}`](../{b.File})"))
                    .Append(" | ")
                    .AppendJoin("<br>", Specs.Where(s => s.Ids.Contains(id)).GroupBy(s => s.File).OrderBy(same => same.Key, StringComparer.Ordinal)
                        .Select(same => $"[{Path.GetFileNameWithoutExtension(same.Key)}](../{same.Key}): {string.Join("; ", same.Select(s => s.Name.Replace('_', ' ')).Order(StringComparer.Ordinal))}"))
                    .Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static string[] Order(IEnumerable<string> ids)
    {
        var place = Known.Keys.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        return [.. ids.Distinct().OrderBy(id => place.GetValueOrDefault(id, int.MaxValue)).ThenBy(id => id, StringComparer.Ordinal)];
    }

    private static Built From(ServedEndpoint served, ILookup<string, string> files)
    {
        var handler = served.Endpoint.Metadata.GetMetadata<System.Reflection.MethodInfo>();
        var type = handler?.DeclaringType is { } declaring ? Il.Module(declaring.Assembly.GetName().Name!).GetType(declaring.FullName!.Replace('+', '/')) : null;
        while (type?.DeclaringType is { } outer)
            type = outer;
        var named = Il.Module(served.Service).Written().Where(t => t.Name == served.OperationId && t.Has("Decide"));
        return new(
            served.Service, Constraint().Replace(served.Route, "{$1}").TrimEnd('/'), [.. served.Endpoint.Metadata.GetOrderedMetadata<RequirementAttribute>().SelectMany(r => r.Ids).Distinct()],
            type is null ? "" : FileOf(files, type.Name, served.Service), [.. named.Concat(type is null ? [] : MadeBy(type)).Distinct()]);
    }

    private static IEnumerable<Built> Consumers(ILookup<string, string> files) =>
        from service in Repo.Services.Concat(["Kernel", "Messaging"])
        from type in Il.Module(service).Written()
        let ids = IdsOn(type).ToArray()
        where ids.Length > 0
        select new Built(service, type.Name, ids, FileOf(files, type.Name, service), [.. MadeBy(type).Concat(ReactsTo(type)).Distinct()]);

    private static IEnumerable<SpecOf> AllSpecs(ILookup<string, string> files) =>
        from folder in Repo.Services.Concat(["Kernel", "Messaging"]).Select(project => $"{project}.Tests").Order(StringComparer.Ordinal)
        from type in Il.TestModule(folder).Written()
        from method in type.Methods
        let ids = IdsOn(method).ToArray()
        where ids.Length > 0
        select new SpecOf($"{type.FullName.Replace('/', '+')}.{method.Name}", method.Name, ids, FileOf(files, type.Name, folder));

    private static string FileOf(ILookup<string, string> files, string type, string project) =>
        files[type.Split('`')[0]].OrderByDescending(file => file.Split('/').Contains(project)).FirstOrDefault() ?? "";

    private static IEnumerable<string> IdsOn(ICustomAttributeProvider member) =>
        from attribute in member.CustomAttributes
        where attribute.AttributeType.FullName == typeof(RequirementAttribute).FullName
        from argument in (CustomAttributeArgument[])attribute.ConstructorArguments[0].Value
        select (string)argument.Value;

    // What is written with `new` in the class, lambdas included, and has a decider.
    private static IEnumerable<TypeDefinition> MadeBy(TypeDefinition type) =>
        from part in type.WithNested()
        from method in part.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Newobj
        let made = Il.Ours(((MethodReference)instruction.Operand).DeclaringType)
        where made is not null && made.IsRecord() && made.Has("Decide")
        select made;

    private static IEnumerable<TypeDefinition> ReactsTo(TypeDefinition type) =>
        from heard in type.Interfaces.Select(i => i.InterfaceType).OfType<GenericInstanceType>()
        from argument in heard.GenericArguments
        let command = Il.Ours(argument)
        where command is not null && command.Has("Decide")
        select command;

    [GeneratedRegex(@"\b(?:class|record|struct|interface)\s+(\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Constraint();
}
