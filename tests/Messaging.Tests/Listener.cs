using System.Collections.Concurrent;
using Expo.Kernel.Tests.Sample;
using Expo.TestKit;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.Messaging.Tests;

/// <summary>Notes each time a locker was taken elsewhere. Not idempotent by itself: a message that counts twice shows.</summary>
[Delivery(Delivery.Counting)]
public sealed class NoteVisitWhenLockerWasTaken(Kernel.Streams streams, Cards cards, Mood mood) : IConsumer<LockerWasTaken>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<LockerWasTaken> context)
    {
        await mood.Meet(context.Message.LockerId);
        await streams.Decide<Locker, LockerEvent>(
            context.Message.LockerId, new SqueezeIn(context.Message.LockerId, context.MessageId!.Value).Decide,
            new With { Personal = cards.Open<VisitorCard>(context) }, context.CancellationToken).MustAccept();
        mood.AfterCommit();
    }
}

/// <summary>What the listener is to know of a visitor; personal.</summary>
public sealed record VisitorCard(string Name);

/// <summary>Makes the listener fail, or end its process.</summary>
public sealed class Mood
{
    /// <summary>Lockers whose messages fail.</summary>
    public ConcurrentDictionary<Guid, bool> Poisoned { get; } = [];

    /// <summary>Lockers whose messages end the process.</summary>
    public IReadOnlySet<Guid> Deadly { get; init; } = new HashSet<Guid>();

    /// <summary>How many commits there are until the process ends, before the message is acknowledged.</summary>
    public int CommitsLeft { get; set; } = int.MaxValue;

    /// <summary>Fails if it must; whoever is to end after a commit does not end before.</summary>
    public async Task Meet(Guid locker)
    {
        if (Deadly.Contains(locker) && CommitsLeft < int.MaxValue)
            await Task.Delay(Timeout.Infinite);
        if (Deadly.Contains(locker))
            Kill();
        if (Poisoned.ContainsKey(locker))
            throw new InvalidOperationException("This locker is poisoned.");
    }

    /// <summary>Ends the process if it is time.</summary>
    public void AfterCommit()
    {
        if (CommitsLeft < int.MaxValue && --CommitsLeft == 0)
            Kill();
    }

    private static void Kill() => System.Diagnostics.Process.GetCurrentProcess().Kill();
}

/// <summary>What those who tell and those who listen did.</summary>
internal static class Cast
{
    /// <summary>Something happens to lockers, so many times, in turn.</summary>
    public static async Task<IReadOnlyList<Guid>> Take(this SampleHost teller, int times, params Guid[] lockers)
    {
        for (var n = 0; n < times; n++)
            await teller.Decide(lockers[n % lockers.Length], new SqueezeIn(lockers[n % lockers.Length], Guid.CreateVersion7()).Decide);
        return lockers;
    }

    public static Task<long> ParkedIn(this Database database) => database.Ask<long>("select count(*) from mt_doc_parkedmessage");

    /// <summary>What a listener has noted: which messages, locker by locker, in order.</summary>
    public static async Task<string> Noted(this SampleHost listener) => (await listener.Database.Ask<string>(
        "select coalesce(string_agg(stream_id || ' ' || (data ->> 'Holder'), e'\n' order by stream_id, version), '') from mt_events where type = 'locker_taken'"))!;

    /// <summary>How much it has noted.</summary>
    public static Task<long> NotedCount(this SampleHost listener) => listener.Database.NotedIn();

    public static Task<long> NotedIn(this Database database) => database.Ask<long>("select count(*) from mt_events where type = 'locker_taken'");

    /// <summary>Waits until it has noted as much as was told, however long that takes as long as it goes on; then it must be the same, whatever the order.</summary>
    public static async Task NotesAll(this SampleHost listener, string told)
    {
        var count = told.Split('\n').Length;
        await Eventually.StepByStep(listener.NotedCount, noted => noted >= count);
        Assert.Equal(told.Sorted(), (await listener.Noted()).Sorted());
    }

    /// <summary>What a teller told, in the same words.</summary>
    public static async Task<string> ToldOf(this SampleHost teller) => (await teller.Database.Ask<string>(
        "select coalesce(string_agg(stream_id || ' ' || id, e'\n' order by stream_id, version), '') from mt_events where type in ('locker_taken', 'locker_squeezed')"))!;

    /// <summary>The same, whatever the order in a stream.</summary>
    public static string Sorted(this string noted) => string.Join('\n', noted.Split('\n').Order(StringComparer.Ordinal));
}
