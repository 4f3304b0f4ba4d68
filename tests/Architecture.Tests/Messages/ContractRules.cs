using System.Xml.Linq;

namespace Expo.Architecture.Tests.Messages;

/// <summary>A message is flat data that anybody can read (F7).</summary>
public sealed class ContractRules
{
    private static readonly Type[] Plain =
    [
        typeof(string), typeof(bool), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(Guid), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    [Fact]
    public void A_contract_is_a_sealed_record_without_a_base()
    {
        Rule.MatchedSomething(MessageCatalogue.Types, atLeast: 4);
        Rule.NoneOf(
            MessageCatalogue.Types.Where(type => !type.IsSealed || type.BaseType != typeof(object) || type.GetMethod("<Clone>$") is null).Select(type => type.FullName!),
            "Make it a sealed record that derives from nothing: brokers see the whole hierarchy of a message.");
    }

    [Fact]
    public void A_contract_is_made_of_plain_values_and_of_its_own_namespace()
    {
        var members = MessageCatalogue.Types.SelectMany(type => type.GetProperties().Select(member => (type, member))).ToList();
        Rule.MatchedSomething(members, atLeast: 10);
        Rule.NoneOf(
            members.Where(m => !IsPlain(m.member.PropertyType, m.type.Namespace!)).Select(m => $"{m.type.FullName}.{m.member.Name}: {m.member.PropertyType}"),
            "Use primitives, lists of them, or records of the same namespace.");
    }

    [Fact]
    public void A_contract_lies_in_the_folder_of_who_tells_it()
    {
        Rule.NoneOf(
            MessageCatalogue.Types.Where(type => !Repo.Files($"services/Contracts/{type.Namespace!.Split('.')[^1]}", "*.cs")
                .Any(file => File.ReadAllText(file).Contains($"record {type.Name}(", StringComparison.Ordinal))).Select(type => type.FullName!),
            "Its namespace is wire format: the folder services/Contracts/{Publisher} has the same name.");
    }

    [Fact]
    public void A_contract_says_when_it_is_sent()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Contracts.xml");
        Assert.True(File.Exists(file), "Contracts.xml is missing: Contracts must generate its documentation file.");
        var documented = XDocument.Load(file).Descendants("member").Where(m => !string.IsNullOrWhiteSpace((string?)m.Element("summary"))).Select(m => (string?)m.Attribute("name")).ToHashSet();
        Rule.MatchedSomething(documented, atLeast: 4);
        Rule.NoneOf(MessageCatalogue.Types.Where(type => !documented.Contains($"T:{type.FullName}")).Select(type => type.FullName!), "Give it a <summary>: when it is sent and who hears it.");
    }

    private static bool IsPlain(Type type, string home) =>
        Nullable.GetUnderlyingType(type) is { } inner ? IsPlain(inner, home)
        : type.IsGenericType && type.GetGenericTypeDefinition() is var list && (list == typeof(IReadOnlyList<>) || list == typeof(IReadOnlyDictionary<,>))
            ? type.GetGenericArguments().All(argument => IsPlain(argument, home))
            : Plain.Contains(type) || type.Namespace == home;
}
