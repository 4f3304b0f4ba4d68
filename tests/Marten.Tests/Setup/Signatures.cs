using System.Globalization;
using System.Reflection;

namespace Expo.Marten.Tests.Setup;

/// <summary>Public members as C# writes them: names, parameters, defaults and constraints, which callers compile against.</summary>
internal static class Signatures
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        from type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)
        from line in Of(type)
        select line;

    private static IEnumerable<string> Of(Type type)
    {
        var bases = type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && !type.IsEnum) bases.Insert(0, Name(parent));
        if (type.IsEnum)
        {
            yield return $"enum {type.Namespace}.{Name(type)} {{ {string.Join(", ", Enum.GetNames(type))} }}";
            yield break;
        }

        yield return $"{(type.IsInterface ? "interface" : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : "class")} "
            + $"{type.Namespace}.{Name(type)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}{Constraints(type.GetGenericArguments())}";
        foreach (var line in type.GetMembers(Declared).Select(Member).OfType<string>().Order(StringComparer.Ordinal)) yield return "  " + line;
    }

    private static string? Member(MemberInfo member) => member switch
    {
        _ when member.Name.Contains('<', StringComparison.Ordinal) => null,
        ConstructorInfo c when Visible(c) => $"new({Parameters(c)})",
        FieldInfo { IsPublic: true } f => $"{(f.IsStatic ? "static " : "")}{Name(f.FieldType)} {f.Name}",
        PropertyInfo p when p.GetAccessors(true).Any(Visible) =>
            $"{Name(p.PropertyType)} {p.Name} {{ {(p.GetMethod is { } get && Visible(get) ? "get; " : "")}{(p.SetMethod is { } set && Visible(set) ? "set; " : "")}}}",
        MethodInfo { IsSpecialName: false } m when Visible(m) =>
            $"{(m.IsStatic ? "static " : "")}{Name(m.ReturnType)} {m.Name}{Generic(m.GetGenericArguments())}({Parameters(m)}){Constraints(m.GetGenericArguments())}",
        _ => null,
    };

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {Default(p)}" : "")}"));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        var value => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(a => a.IsGenericParameter).Select(a =>
    {
        var parts = new List<string>();
        if (a.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) parts.Add("class");
        parts.AddRange(a.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Name));
        if (a.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) parts.Add("new()");
        return parts.Count == 0 ? "" : $" where {a.Name} : {string.Join(", ", parts)}";
    }));

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";

    private static string Name(Type type)
    {
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Name(inner)}?";
        var name = type.Name.Split('`')[0];
        return type.IsGenericParameter ? name : (type.DeclaringType is { } outer ? $"{outer.Name.Split('`')[0]}.{name}" : name) + Generic(type.GetGenericArguments());
    }
}
