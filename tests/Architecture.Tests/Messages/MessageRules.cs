using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Expo.Architecture.Tests.Messages;

/// <summary>What services promise each other (F8, F17).</summary>
public sealed class MessageRules
{
    // As MassTransit writes the message's part of its envelope.
    private static readonly JsonSerializerOptions Wire =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Anybody may send these.
    private const string SharedNamespace = "Expo.Contracts.Platform";

    [Fact]
    public void The_shape_of_the_contracts_is_the_approved_one()
    {
        Rule.MatchedSomething(MessageCatalogue.Types, atLeast: 4);
        var listing = Listing();
        if (Approved.Approving)
            Approved.Write(MessageCatalogue.Listing, listing, replace: true);

        Assert.True(
            Approved.Read(MessageCatalogue.Listing) == listing,
            $"The contracts have another shape than services/Contracts/Contracts.api.txt says. Members may be added, never changed or removed. {Approved.HowTo}\n{listing}");
    }

    [Fact]
    public void Every_message_looks_on_the_wire_as_its_golden_sample_does()
    {
        Rule.MatchedSomething(MessageCatalogue.Messages, atLeast: 4);
        var samples = MessageCatalogue.Messages.ToDictionary(type => type, type => JsonSerializer.Serialize(Samples.Of(type), type, Wire) + "\n");
        if (Approved.Approving)
        {
            foreach (var (type, json) in samples)
                Approved.Write(MessageCatalogue.Golden(type), json, replace: true);
        }

        Rule.NoneOf(samples.Where(s => Approved.Read(MessageCatalogue.Golden(s.Key)) != s.Value).Select(s => Repo.Relative(MessageCatalogue.Golden(s.Key))), Approved.HowTo);
    }

    [Fact]
    public void Every_message_is_told_by_exactly_one_service_the_one_it_is_named_after()
    {
        var messages = MessageCatalogue.Messages.Where(type => type.Namespace != SharedNamespace).ToList();
        Rule.MatchedSomething(messages, atLeast: 4);
        Rule.NoneOf(
            from message in messages
            let publishers = MessageCatalogue.Publishers(message)
            where publishers is not [var only] || message.Namespace != $"Expo.Contracts.{only}"
            select $"{message.FullName} <- {(publishers.Count == 0 ? "nobody" : string.Join(", ", publishers))}",
            "Make the message in the Translate method of the service whose namespace it has, and nowhere else.");
    }

    private static string Listing()
    {
        var text = new StringBuilder();
        foreach (var type in MessageCatalogue.Types)
        {
            text.Append(type.FullName).Append(type.IsSealed ? "" : " (not sealed)").Append('\n');
            foreach (var parameter in type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters())
                text.Append("  ").Append(Name(parameter.ParameterType)).Append(IsOptional(parameter) ? "? " : " ").Append(parameter.Name).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsOptional(System.Reflection.ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType
            && new System.Reflection.NullabilityInfoContext().Create(parameter).ReadState == System.Reflection.NullabilityState.Nullable);

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Name(inner)
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
