using System.Collections.Frozen;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Parser;

namespace Expo.Recruitment.Jobs;

/// <summary>The simple HTML of a job's description: a few tags, no attributes. Anything else is refused, not dropped, so that an agency sees what it sent.</summary>
internal static class JobHtml
{
    private const int MaxDepth = 16;
    private const string Html = "http://www.w3.org/1999/xhtml";

    private static readonly FrozenSet<string> Tags =
        FrozenSet.ToFrozenSet(["p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "u", "h3", "h4", "h5", "blockquote"]);

    /// <summary>The tags that may be used.</summary>
    public static string Allowed { get; } = string.Join(' ', Tags.Order(StringComparer.Ordinal));

    /// <summary>What is wrong, or nothing: a tag or what else it is, as it is called in HTML.</summary>
    public static string? FirstForbidden(string html)
    {
        var open = new Stack<(INode Node, int Depth)>(Parse(html).Reverse().Select(node => (node, 1)));
        while (open.TryPop(out var next))
        {
            if (next.Depth > MaxDepth)
                return "nesting";
            switch (next.Node)
            {
                case IElement element when !Tags.Contains(element.LocalName) || element.NamespaceUri != Html:
                    return element.LocalName;
                case IElement { Attributes.Length: > 0 } element:
                    return $"{element.LocalName}@{element.Attributes[0]!.Name}";
                case IElement or IText:
                    break;
                default:
                    return next.Node.NodeName;
            }

            foreach (var child in next.Node.ChildNodes.Reverse())
                open.Push((child, next.Depth + 1));
        }

        return null;
    }

    /// <summary>Whether there is anything to read.</summary>
    public static bool SaysSomething(string html) => Parse(html).Any(node => !string.IsNullOrWhiteSpace(node.TextContent));

    /// <summary>The same, written as a browser reads it; only for what has nothing forbidden.</summary>
    public static string Clean(string html) => string.Concat(Parse(html).Select(node => node.ToHtml(HtmlMarkupFormatter.Instance)));

    private static INode[] Parse(string html)
    {
        var parser = new HtmlParser();
        using var document = parser.ParseDocument("");
        return [.. parser.ParseFragment(html, document.Body!)];
    }
}
