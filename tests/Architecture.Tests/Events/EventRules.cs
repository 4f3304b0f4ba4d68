using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Expo.Kernel;

namespace Expo.Architecture.Tests.Events;

/// <summary>Events are stored for ever (F5).</summary>
public sealed partial class EventRules
{
    private static readonly JsonSerializerOptions Indented = new(EventStore.Json) { WriteIndented = true };

    [Fact]
    public void An_event_is_a_sealed_record_of_its_streams_family()
    {
        Rule.MatchedSomething(EventCatalogue.Types, atLeast: 3);
        Rule.NoneOf(
            EventCatalogue.Types.Where(type => !type.IsSealed || type.GetMethod("<Clone>$") is null || type.Namespace != EventCatalogue.Family(type)!.Namespace)
                .Select(type => type.FullName!),
            "Make it a sealed record beside its family.");
    }

    [Fact]
    public void An_event_is_registered_once_under_a_stored_name()
    {
        Rule.MatchedSomething(EventCatalogue.Lines, atLeast: 3);
        Rule.NoneOf(
            EventCatalogue.Types.Where(type => EventCatalogue.Registered.Count(e => e.Type == type) != 1).Select(type => type.FullName!),
            "Write one line .Event<T>(\"stored_name\") for it in its module.");
        Rule.NoneOf(
            EventCatalogue.Lines.Where(line => !StoredName().IsMatch(line.StoredName)).Select(line => $"{line.Service}: {line.StoredName}"),
            "A stored name is in snake_case.");
        Rule.NoneOf(
            EventCatalogue.Lines.Where(line => EventCatalogue.Registered.All(e => (e.Service, e.StoredName) != (line.Service, line.StoredName)))
                .Select(line => $"{line.Service}: {line.TypeName}"),
            "Only members of an event family (an abstract record named …Event) are registered.");
        Rule.NoneOf(
            EventCatalogue.Lines.GroupBy(line => (line.Service, line.StoredName)).Where(same => same.Count() > 1).Select(same => $"{same.Key.Service}: {same.Key.StoredName}"),
            "Two events of a service have one stored name: rename the one that was never released.");
    }

    [Fact]
    public void An_event_is_folded_or_projected_by_somebody()
    {
        var folded = EventCatalogue.Folded();
        Rule.MatchedSomething(folded);
        Rule.NoneOf(
            EventCatalogue.Types.Select(type => type.FullName!).Where(name => !folded.Contains(name)),
            "Nothing reads this fact back: fold it in its state or a read model, or do not record it.");
    }

    [Fact]
    public void The_present_shape_of_an_event_has_a_golden_sample()
    {
        Rule.MatchedSomething(EventCatalogue.Registered, atLeast: 3);
        var missing = EventCatalogue.Registered.Select(stored => (Stored: stored, Json: JsonSerializer.Serialize(Samples.Of(stored.Type), stored.Type, Indented) + "\n"))
            .Where(now => !now.Stored.Golden.Any(file => File.ReadAllText(file) == now.Json)).ToList();
        if (Approved.Approving)
        {
            foreach (var (stored, json) in missing)
                Approved.Write(stored.Next, json, replace: false);
            return;
        }

        Rule.NoneOf(missing.Select(now => Repo.Relative(now.Stored.Next)), Approved.HowTo);
    }

    [Fact]
    public void A_member_that_old_samples_lack_has_a_default()
    {
        Rule.NoneOf(
            from stored in EventCatalogue.Registered
            from file in stored.Golden
            let golden = JsonNode.Parse(File.ReadAllText(file))!.AsObject()
            from member in stored.Type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
            where !golden.ContainsKey(member.Name!) && !member.HasDefaultValue
            select $"{stored.Type.Name}.{member.Name} ({Path.GetFileName(file)})",
            "Old events lack this member: give it a default value (docs/how-to/change-an-event.md).");
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex StoredName();
}
