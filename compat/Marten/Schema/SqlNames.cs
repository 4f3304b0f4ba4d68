using System.Text;

namespace Marten.Schema;

/// <summary>How members and CLR types are called in SQL.</summary>
internal static class SqlNames
{
    public static string TypeFor(Type type) => type switch
    {
        _ when type == typeof(Guid) => "uuid",
        _ when type == typeof(int) || type == typeof(short) || type.IsEnum => "integer",
        _ when type == typeof(long) => "bigint",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(decimal) => "numeric",
        _ when type == typeof(double) || type == typeof(float) => "double precision",
        _ when type == typeof(DateTimeOffset) => "timestamptz",
        _ when type == typeof(DateOnly) => "date",
        _ => "varchar",
    };

    public static string ColumnFor(MemberPath path) => string.Join('_', path.Members.Select(m => SnakeCase(m.Name)));

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
