using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Marten.Sessions;

/// <summary>Turns <c>?</c> into <c>$1, $2, …</c>, outside quoted text.</summary>
internal static class Placeholders
{
    private const int Most = 2000;

    private static readonly ConcurrentDictionary<(string Sql, char Placeholder), string> Known = new();

    public static string Number(string sql, char placeholder)
    {
        if (Known.TryGetValue((sql, placeholder), out var numbered)) return numbered;
        numbered = Rewrite(sql, placeholder);
        if (Known.Count < Most) Known[(sql, placeholder)] = numbered;
        return numbered;
    }

    private static string Rewrite(string sql, char placeholder)
    {
        var text = new StringBuilder(sql.Length + 8);
        var (quoted, number) = (false, 0);
        foreach (var c in sql)
        {
            if (c == '\'') quoted = !quoted;
            if (c == placeholder && !quoted) text.Append(CultureInfo.InvariantCulture, $"${++number}");
            else text.Append(c);
        }

        return text.ToString();
    }
}
