namespace JasperFx.Events.Projections;

/// <summary>Types as code writes them: the names projections and subscriptions keep their progress under.</summary>
internal static class NamesInCode
{
    public static string NameInCode(this Type type)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsGenericType) name += $"<{string.Join(", ", type.GetGenericArguments().Select(NameInCode))}>";
        return type.DeclaringType is { } outer ? $"{outer.NameInCode()}.{name}" : name;
    }

    public static string FullNameInCode(this Type type) => $"{type.Namespace}.{type.NameInCode()}";
}
