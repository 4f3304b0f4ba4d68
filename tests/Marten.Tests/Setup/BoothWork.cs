using Marten;

namespace Expo.Marten.Tests.Setup;

/// <summary>Single facts about booths.</summary>
public static class BoothWork
{
    public static async Task<Guid> Plan(DocumentStore store, string hall)
    {
        var id = Guid.CreateVersion7();
        await using var session = store.LightweightSession();
        session.Events.StartStream<Booth>(id, new BoothPlanned(id, hall, 1));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
        return id;
    }

    public static async Task Append(DocumentStore store, Guid id, object fact)
    {
        await using var session = store.LightweightSession();
        var booth = await session.Events.FetchForWriting<Booth>(id, TestContext.Current.CancellationToken);
        booth.AppendOne(fact);
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
