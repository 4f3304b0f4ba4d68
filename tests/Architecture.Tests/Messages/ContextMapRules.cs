using System.Text.RegularExpressions;
using Expo.Architecture.Tests.Code;
using Mono.Cecil;

namespace Expo.Architecture.Tests.Messages;

/// <summary>Who tells whom is drawn in ARCHITECTURE.md, and nobody listens to anybody else (F2).</summary>
public sealed partial class ContextMapRules
{
    private const string Title = "## Who tells whom";

    [Fact]
    public void Every_consumer_has_its_arrow_and_every_arrow_a_consumer()
    {
        var (drawn, built) = (Drawn().ToHashSet(), Built().ToHashSet());
        Rule.MatchedSomething(drawn, atLeast: 10);
        Rule.MatchedSomething(built, atLeast: 10);
        Rule.NoneOf(built.Except(drawn).Select(Show), $"Draw the arrow in the table '{Title[3..]}' of ARCHITECTURE.md, or do not listen.");
        Rule.NoneOf(drawn.Except(built).Select(Show), "ARCHITECTURE.md draws an arrow that nobody listens to: write the consumer and Listen<…>() in the module, or take the arrow out.");
    }

    [Fact]
    public void A_message_is_only_used_where_it_is_told_or_heard()
    {
        var arrows = Drawn().ToList();
        var uses = Repo.Services.SelectMany(service => Il.Module(service).Written()
                .SelectMany(type => type.Mentions().Where(t => MessageCatalogue.Messages.Any(m => m.FullName == t.FullName)).Select(t => (service, type.FullName, Message: t.Name, Publisher: t.Namespace.Split('.')[^1]))))
            .Distinct().ToList();
        Rule.MatchedSomething(uses, atLeast: 4);
        Rule.NoneOf(
            uses.Where(use => use.service != use.Publisher && !arrows.Any(a => a.Listener == use.service && a.Message == use.Message)).Select(use => $"{use.FullName} -> {use.Publisher}.{use.Message}"),
            "A service uses a message only if the context map has that arrow.");
    }

    private static string Show(Arrow arrow) => $"{arrow.Publisher} -{arrow.Message}-> {arrow.Listener}: {arrow.Consumer}";

    // | Registration | EditionAnnounced, DeadlineMoved | Exhibition, Forum: keep the edition (`KeepEditionWhenAnnounced`) |
    private static IEnumerable<Arrow> Drawn() =>
        from row in Section().Where(line => line.StartsWith('|')).Skip(2)
        let cells = row.Trim('|').Split('|', StringSplitOptions.TrimEntries)
        from message in cells[1].Split(',', StringSplitOptions.TrimEntries)
        from reaction in cells[2].Split(["<br>", ";"], StringSplitOptions.TrimEntries)
        from listener in reaction.Split(':')[0].Split(',', StringSplitOptions.TrimEntries)
        from Match consumer in Quoted().Matches(reaction)
        select new Arrow(cells[0], message, listener, consumer.Groups[1].Value);

    private static IEnumerable<string> Section() =>
        File.ReadLines(Repo.Path("ARCHITECTURE.md")).SkipWhile(line => line != Title).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static IEnumerable<Arrow> Built() =>
        from listening in Listening()
        from heard in listening.Consumer.Interfaces.Select(i => i.InterfaceType).OfType<GenericInstanceType>()
        where heard.ElementType.FullName == "MassTransit.IConsumer`1"
        let message = heard.GenericArguments[0]
        select new Arrow(message.Namespace.Split('.')[^1], message.Name, listening.Service, listening.Consumer.Name);

    // A service listens where its code, or what it calls of the shared project, says Listen<T>().
    private static IEnumerable<(string Service, TypeDefinition Consumer)> Listening()
    {
        var shared = Il.Module("Messaging").Written().SelectMany(type => type.Methods)
            .ToDictionary(method => method.FullName, method => Listens(method).ToList()).Where(entry => entry.Value.Count > 0).ToDictionary();
        return from service in Repo.Services
               from type in Il.Module(service).Written()
               from part in type.WithNested()
               from method in part.Methods
               from consumer in Listens(method).Concat(Called(method).SelectMany(called => shared.GetValueOrDefault(called.FullName, [])))
               select (service, consumer);
    }

    private static IEnumerable<MethodReference> Called(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions.Select(i => i.Operand).OfType<MethodReference>() : [];

    private static IEnumerable<TypeDefinition> Listens(MethodDefinition method) =>
        Called(method).OfType<GenericInstanceMethod>().Where(call => call.Name == "Listen").Select(call => call.GenericArguments[0].Resolve()).Where(consumer => consumer is not null);

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Quoted();

    private sealed record Arrow(string Publisher, string Message, string Listener, string Consumer);
}
