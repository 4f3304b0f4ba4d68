using System.Reflection;
using System.Runtime.CompilerServices;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>Writes methods the way the upstream API listing writes them, so that the two can be compared.</summary>
internal static class ApiListing
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(int)] = "int", [typeof(object)] = "object",
    };

    /// <summary>Every public static method of a class that is static itself or an entry point.</summary>
    public static IEnumerable<string> StaticMethods(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        where type.Namespace!.StartsWith("Aspire.", StringComparison.Ordinal) && !type.IsNested
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName
        select $"{type.Name}: {Method(method)}";

    private static string Method(MethodInfo method)
    {
        var nullability = new NullabilityInfoContext();
        var generics = method.GetGenericArguments();
        var parameters = method.GetParameters().Select((p, i) =>
            (i == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")
            + (p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
            + (p is { IsIn: true } ? "in " : p.IsOut ? "out " : "")
            + $"{TypeName(p.ParameterType, nullability.Create(p))} {p.Name}{Default(p)}");
        var constraints = generics.Select(Constraint).Where(c => c.Length > 0);
        return $"{TypeName(method.ReturnType, nullability.Create(method.ReturnParameter))} {method.Name}"
            + (generics.Length > 0 ? $"<{string.Join(", ", generics.Select(g => g.Name))}>" : "")
            + $"({string.Join(", ", parameters)}){string.Concat(constraints)}";
    }

    private static string Constraint(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var parts = new List<string>();
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        parts.AddRange(parameter.GetGenericParameterConstraints().Select(c => TypeName(c, null)).Order());
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? "" : parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? " = default" : " = null",
        bool value => value ? " = true" : " = false",
        int value when parameter.ParameterType.IsEnum => $" = {parameter.ParameterType.Name}.{Enum.ToObject(parameter.ParameterType, value)}",
        string value => $" = \"{value}\"",
        var value => $" = {(value.GetType().IsEnum ? $"{value.GetType().Name}." : "")}{value}",
    };

    private static string TypeName(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return TypeName(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return TypeName(value, null) + "?";
        }

        var mark = nullability is { WriteState: NullabilityState.Nullable } or { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsArray)
        {
            return TypeName(type.GetElementType()!, nullability?.ElementType) + "[]" + mark;
        }

        var name = Keywords.GetValueOrDefault(type) ?? (type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name);
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments().Select((a, i) => TypeName(a, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
            name = $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>";
        }

        return type.IsGenericParameter ? name : name + mark;
    }
}
