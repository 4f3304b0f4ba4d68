namespace Expo.Demo.Acts;

/// <summary>Every fact of the story, from the services' own histories: who did it, and which message made whom do what.</summary>
internal static class TellHistory
{
    public static async Task Play(Stage stage, CancellationToken ct)
    {
        stage.Narrator.Act("来龙去脉", "Who did what, and which message caused it");
        foreach (var thing in stage.Things)
        {
            var history = await stage.Committee.Get<History>(thing.Path, ct);
            stage.Narrator.Thing(thing.Service, thing.Name, history.Id);
            foreach (var entry in history.Items)
            {
                stage.Narrator.Fact(entry.Version, entry.Event, entry.At,
                    entry.Message is { } message ? $"because of {message.Name} {message.Id}" : $"by {stage.NameOf(entry.Actor)}");
            }
        }
    }

    private sealed record History(Guid Id, IReadOnlyList<Entry> Items);

    private sealed record Entry(int Version, string Event, DateTimeOffset At, string? Actor, Cause? Message);

    private sealed record Cause(string Name, Guid Id);
}
