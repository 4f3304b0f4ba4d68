using Expo.Messaging.Listening;

namespace Expo.Messaging.Parking;

/// <summary>A message that came again after the process ended, and how often it was begun since.</summary>
public sealed record SuspectMessage(Guid Id, int Begun);

/// <summary>Remembers, before a message that came again is handled, that it is: what ends the process leaves a trace.</summary>
internal sealed class Suspects(IDocumentStore store)
{
    /// <summary>A message that was begun so often without an end is not begun again.</summary>
    public const int MostCrashes = 2;

    /// <summary>It is begun; says how often it was, this time included.</summary>
    public async Task<int> Begin(Incoming message, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var id = ParkedMessage.IdOf(message.Queue, message.Id);
        var begun = (await session.LoadAsync<SuspectMessage>(id, ct))?.Begun + 1 ?? 1;
        session.Store(new SuspectMessage(id, begun));
        await session.SaveChangesAsync(ct);
        return begun;
    }

    /// <summary>It ended, and the process did not.</summary>
    public async Task Acquit(Incoming message, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.Delete<SuspectMessage>(ParkedMessage.IdOf(message.Queue, message.Id));
        await session.SaveChangesAsync(ct);
    }
}
