using Marten;

namespace Expo.Marten.Tests.Setup;

/// <summary>Streams that begin, go on, end and are archived, the same for the same seed.</summary>
public sealed class RandomWork(DocumentStore store, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Guid> _booths = [];
    private readonly List<Guid> _halls = [];

    public async Task Run(int steps, CancellationToken ct)
    {
        for (var step = 0; step < steps; step++)
        {
            await using var session = store.LightweightSession();
            await Step(session, step, ct);
            await session.SaveChangesAsync(ct);
        }
    }

    private async Task Step(IDocumentSession session, int step, CancellationToken ct)
    {
        var choice = step < 4 ? step % 2 : _random.Next(10);
        switch (choice)
        {
            case 0:
                _booths.Add(Guid.CreateVersion7());
                session.Events.StartStream<Booth>(_booths[^1], new BoothPlanned(_booths[^1], $"{(char)('A' + _random.Next(3))}", step));
                break;
            case 1:
                _halls.Add(Guid.CreateVersion7());
                session.Events.StartStream<Hall>(_halls[^1], new HallOpened($"hall {step}"), new VisitorCounted(_random.Next(100)));
                break;
            case 2 when _halls.Count > 2:
                session.Events.Append(_halls[0], new HallClosed());
                _halls.RemoveAt(0);
                break;
            case <= 5:
                session.Events.Append(Any(_halls), Enumerable.Range(0, _random.Next(1, 4)).Select(_ => (object)new VisitorCounted(_random.Next(100))));
                break;
            default:
                var id = Any(_booths);
                var booth = await session.Events.FetchForWriting<Booth>(id, ct);
                booth.AppendOne(booth.Aggregate!.Status == BoothStatus.Held ? new BoothReleased(id, $"reason {step}") : new BoothReserved(id, id));
                break;
        }
    }

    private Guid Any(List<Guid> ids) => ids[_random.Next(ids.Count)];
}
