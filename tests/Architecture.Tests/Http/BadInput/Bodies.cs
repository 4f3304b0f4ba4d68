using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Expo.Kernel.Http;
using Expo.Kernel.Vocabulary;

namespace Expo.Architecture.Tests.Http.BadInput;

/// <summary>A member of a body: where it is, what it is, and what it must be.</summary>
/// <param name="Pointer">Where, such as <c>/fee/amount</c>.</param>
/// <param name="Type">Its type.</param>
/// <param name="Rules">Its validation attributes.</param>
/// <param name="Needed">Whether a body without it is refused.</param>
internal sealed record Member(string Pointer, Type Type, IReadOnlyList<ValidationAttribute> Rules, bool Needed);

/// <summary>Valid bodies, made from the request types and their attributes, and what is wrong with others.</summary>
internal static class Bodies
{
    // Texts that the rules of members ask for; the first that a member's rules let pass is taken.
    private static readonly string[] Texts =
        ["sample text", "sample_code", "sample-1", "CN", "CNY", "44", "440300", "1", "100.50", "13800000000", "someone@expo.example", "https://expo.example/a", "91350100M000100Y43", "2023-03-20", "main_hall", "jobs:read", "jobs:write"];

    /// <summary>A body that every rule of its shape lets pass.</summary>
    /// <param name="type">The request.</param>
    /// <param name="other">Whether it says something else than the first one.</param>
    public static JsonObject Valid(Type type, bool other = false) => (JsonObject)Make(type, [], other)!;

    /// <summary>Every member of a valid body, those of its parts included.</summary>
    public static IEnumerable<Member> Members(Type type, string at = "")
    {
        foreach (var (name, memberType, rules, needed) in MembersOf(type))
        {
            var member = new Member($"{at}/{name}", memberType, rules, needed);
            yield return member;
            var (part, inside) = Element(memberType) is { } element ? (element, member.Pointer + "/0") : (memberType, member.Pointer);
            if (IsRecord(part))
                foreach (var inner in Members(part, inside))
                    yield return inner;
        }
    }

    /// <summary>Every object of a valid body whose members are ours; the body itself is the first.</summary>
    public static IEnumerable<string> Places(Type type) => Members(type)
        .Select(m => Element(m.Type) is { } element ? (Type: element, Pointer: m.Pointer + "/0") : (m.Type, m.Pointer))
        .Where(place => IsRecord(place.Type)).Select(place => place.Pointer).Prepend("");

    /// <summary>The same body with something done at one place.</summary>
    public static string With(this JsonObject body, string pointer, Action<JsonObject, string> change)
    {
        var copy = body.DeepClone();
        var steps = pointer.Split('/')[1..];
        var parent = steps[..^1].Aggregate(copy, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        change((JsonObject)parent, steps[^1]);
        return copy.ToJsonString();
    }

    /// <summary>JSON of another kind than this member has.</summary>
    public static JsonNode WrongType(Type type) => JsonOf(type) is "string" or "object" or "array" ? JsonValue.Create(7) : JsonValue.Create("x");

    /// <summary>A value of this member that is longer than it may be, or nothing when its length has no limit of its own.</summary>
    public static JsonNode? TooLong(Member member)
    {
        foreach (var rule in member.Rules)
        {
            switch (rule)
            {
                case TextUpToAttribute:
                    return new JsonObject { ["zh"] = new string('长', Limit(rule) + 1) };
                case StringLengthAttribute text:
                    return new string('x', text.MaximumLength + 1);
                case MaxLengthAttribute { Length: > 0 } list when Element(member.Type) is { } element:
                    var item = IsRecord(element) ? new JsonObject() : Make(element, [], false)!;
                    return new JsonArray([.. Enumerable.Range(0, list.Length + 1).Select(_ => item.DeepClone())]);
                case AllowedValuesAttribute or RegularExpressionAttribute:
                    return new string('x', 10_000);
            }
        }

        return null;
    }

    /// <summary>Whether this member is a text or a list, whose length must have a limit.</summary>
    public static bool HasLength(Type type) => type == typeof(string) || type == typeof(Text) || Element(type) is not null;

    private static int Limit(ValidationAttribute rule) =>
        int.Parse(rule.FormatErrorMessage("").Split("max=")[1], CultureInfo.InvariantCulture);

    private static JsonNode? Make(Type type, IReadOnlyList<ValidationAttribute> rules, bool other)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return Text(rules, other);
        if (type == typeof(Text))
            return new JsonObject { ["zh"] = other ? "另一个" : "样本", ["en"] = other ? "Another" : "Sample" };
        if (type == typeof(Guid))
            return Guid.CreateVersion7().ToString();
        if (type == typeof(bool))
            return other;
        if (type == typeof(DateOnly))
            return other ? "2023-03-21" : "2023-03-20";
        if (type == typeof(DateTimeOffset))
            return other ? "2023-03-21T09:00:00+08:00" : "2023-03-20T09:00:00+08:00";
        if (type == typeof(TimeOnly))
            return other ? "10:00:00" : "09:00:00";
        if (type == typeof(JsonElement) || type == typeof(object))
            return new JsonObject();
        if (type.IsEnum)
            return JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(other ? Enum.GetValues(type).Length - 1 : 0), HttpJson.Options);
        if (type.IsPrimitive || type == typeof(decimal))
            return Number(type, rules, other);
        if (Dictionary(type) is { } value)
            return new JsonObject { ["sample"] = Make(value, [], other) };
        if (Element(type) is { } element)
            return new JsonArray(element == typeof(string) ? TextIn(rules, other) : Make(element, [], other));

        var made = new JsonObject();
        foreach (var member in MembersOf(type))
            made[member.Name] = Overrides.Of(type, member.Name, other) ?? Make(member.Type, member.Rules, other);
        return made;
    }

    private static string Text(IReadOnlyList<ValidationAttribute> rules, bool other)
    {
        if (rules.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } codes)
            return (string)codes.Values.Where(code => code is not null).ElementAt(other ? codes.Values.Count(code => code is not null) - 1 : 0)!;
        var fits = Texts.Where(text => rules.All(rule => rule.IsValid(text))).ToList();
        return fits.Count > 0
            ? fits[other ? Math.Min(1, fits.Count - 1) : 0]
            : throw new Xunit.Sdk.XunitException($"No sample fits {string.Join(", ", rules.Select(rule => rule.GetType().Name))}: add one to Bodies.Texts.");
    }

    private static string TextIn(IReadOnlyList<ValidationAttribute> rules, bool other)
    {
        var fits = Texts.Where(text => rules.All(rule => rule.IsValid(new[] { text }))).ToList();
        return fits.Count > 0 ? fits[other ? Math.Min(1, fits.Count - 1) : 0]
            : throw new Xunit.Sdk.XunitException($"No list of one sample fits {string.Join(", ", rules.Select(rule => rule.GetType().Name))}: add one to Bodies.Texts.");
    }

    private static JsonValue Number(Type type, IReadOnlyList<ValidationAttribute> rules, bool other)
    {
        var least = rules.OfType<RangeAttribute>().Select(range => Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture)).FirstOrDefault(1m);
        var number = Math.Max(least, 0) + (other ? 1 : 0);
        return type == typeof(decimal) || type == typeof(double) ? JsonValue.Create(number) : JsonValue.Create((long)number);
    }

    private static IEnumerable<(string Name, Type Type, IReadOnlyList<ValidationAttribute> Rules, bool Needed)> MembersOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var parameters = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length)!.GetParameters();
        foreach (var property in type.GetProperties().Where(p => p.GetMethod!.GetParameters().Length == 0 && p.Name != "EqualityContract"))
        {
            var parameter = parameters.FirstOrDefault(p => p.Name == property.Name);
            if (parameter is null && property.SetMethod is null)
                continue;
            var rules = property.GetCustomAttributes<ValidationAttribute>().Concat(parameter?.GetCustomAttributes<ValidationAttribute>() ?? []).ToList();
            var needed = rules.OfType<RequiredAttribute>().Any()
                || (!property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.NotNull && parameter is not { HasDefaultValue: true });
            yield return (JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.PropertyType, rules, needed);
        }
    }

    private static string JsonOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(bool) ? "boolean"
            : type.IsPrimitive || type == typeof(decimal) ? "number"
            : type == typeof(Text) || Dictionary(type) is not null ? "object"
            : Element(type) is not null ? "array"
            : IsRecord(type) ? "object" : "string";
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static Type? Dictionary(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))?.GetGenericArguments()[1];

    private static Type? Element(Type type) => type == typeof(string) || type == typeof(Text) || Dictionary(type) is not null || !type.IsAssignableTo(typeof(IEnumerable))
        ? null
        : type.IsArray ? type.GetElementType() : type.GetGenericArguments().FirstOrDefault();
}
