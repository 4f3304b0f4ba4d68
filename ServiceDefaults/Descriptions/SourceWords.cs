using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Expo.ServiceDefaults.Descriptions;

/// <summary>The one-sentence comments of the source, read from the XML files that a build leaves beside its assemblies.</summary>
internal static class SourceWords
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, string>> Read = new();

    public static string? Of(Type type) => Find(type.Assembly, $"T:{NameOf(type)}");

    public static string? Of(PropertyInfo property) => Find(property.Module.Assembly, $"P:{NameOf(property.DeclaringType!)}.{property.Name}");

    private static string? Find(Assembly assembly, string member) => Read.GetOrAdd(assembly, Load).GetValueOrDefault(member);

    private static string NameOf(Type type) =>
        (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static Dictionary<string, string> Load(Assembly assembly)
    {
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member")
                .Select(member => (Name: (string)member.Attribute("name")!, Words: Plain(member.Element("summary"))))
                .Where(member => member.Words.Length > 0)
                .DistinctBy(member => member.Name)
                .ToDictionary(member => member.Name, member => member.Words)
            : [];
    }

    // <see cref="T:A.B"/> reads B; runs of blanks read one.
    private static string Plain(XElement? summary) => summary is null
        ? ""
        : string.Join(' ', string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref"))?.Split('.', ':')[^1] ?? see.Value,
            XElement element => element.Value,
            _ => node.ToString(),
        })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
}
