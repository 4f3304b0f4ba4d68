using System.Collections;
using Expo.Kernel.Vocabulary;

namespace Expo.Architecture.Tests;

/// <summary>One instance of any event or message, every member filled, always the same.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Instant = new(2023, 4, 15, 1, 30, 0, TimeSpan.Zero);

    public static object Of(Type type) => Of(type, type.Name);

    private static object Of(Type type, string name) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => Of(inner, name),
        _ when type == typeof(string) => $"{name} 样本",
        _ when type == typeof(Guid) => NaturalId.For("sample", name),
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 7,
        _ when type == typeof(long) => 7L,
        _ when type == typeof(decimal) => 12.50m,
        _ when type == typeof(double) => 12.5,
        _ when type == typeof(DateTimeOffset) => Instant,
        _ when type == typeof(DateOnly) => new DateOnly(2023, 4, 15),
        _ when type == typeof(TimeOnly) => new TimeOnly(9, 30),
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(10),
        _ when type == typeof(byte[]) => new byte[] { 1, 2, 3 },
        _ when type == typeof(Text) => new Text("样本", "sample"),
        { IsEnum: true } => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
        { IsArray: true } => ArrayOf(type.GetElementType()!, name),
        _ when Dictionary(type) is { } pair => DictionaryOf(pair[0], pair[1], name),
        _ when Element(type) is { } element => ArrayOf(element, name),
        _ => Record(type),
    };

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor: teach Samples how to make one.");
        var parameters = constructor.GetParameters();
        var sample = constructor.Invoke([.. parameters.Select(p => Of(p.ParameterType, p.Name!))]);
        var taken = parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !taken.Contains(p.Name)))
            property.SetValue(sample, Of(property.PropertyType, property.Name));
        return sample;
    }

    private static Type[]? Dictionary(Type type) =>
        Generic(type, typeof(IReadOnlyDictionary<,>))?.GetGenericArguments();

    private static Type? Element(Type type) => Generic(type, typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static Type? Generic(Type type, Type definition) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    private static Array ArrayOf(Type element, string name)
    {
        var array = Array.CreateInstance(element, 1);
        array.SetValue(Of(element, name), 0);
        return array;
    }

    private static object DictionaryOf(Type key, Type value, string name)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(SortedDictionary<,>).MakeGenericType(key, value))!;
        dictionary.Add(Of(key, name), Of(value, name));
        return dictionary;
    }
}
