using Npgsql;

namespace Marten.Sessions;

/// <summary>Types a query reads straight from the first column instead of as JSON.</summary>
internal static class Scalars
{
    private static readonly HashSet<Type> Known =
    [
        typeof(string), typeof(Guid), typeof(bool), typeof(short), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(float),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeSpan), typeof(byte[]),
    ];

    public static bool Contains<T>() => Of<T>.IsScalar;

    public static T Read<T>(NpgsqlDataReader row) => Of<T>.Underlying is { } type
        ? (T)Convert.ChangeType(row.GetValue(0), type, System.Globalization.CultureInfo.InvariantCulture)
        : row.GetFieldValue<T>(0);

    private static class Of<T>
    {
        // count(*) is a bigint, which callers like to read as int.
        public static readonly Type? Underlying = Nullable.GetUnderlyingType(typeof(T)) is { IsPrimitive: true } inner ? inner
            : typeof(T).IsPrimitive || typeof(T) == typeof(decimal) ? typeof(T) : null;

        public static readonly bool IsScalar = Known.Contains(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
    }
}
