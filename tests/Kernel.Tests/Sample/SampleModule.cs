using System.Collections.Concurrent;
using Expo.Kernel.Http;
using Expo.Kernel.Personal;
using Expo.Kernel.Timers;
using Expo.Kernel.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Expo.Kernel.Tests.Sample;

/// <summary>How big a locker's content is.</summary>
public enum LockerSize
{
    /// <summary>A bag.</summary>
    HandBag,

    /// <summary>More than that.</summary>
    Suitcase,
}

/// <summary>What a browser sends to take a locker.</summary>
public sealed record TakeLockerRequest(
    [Needed, LengthUpTo(40)] string Name, [Needed, LengthUpTo(20)] string Phone, [Within(1, 600)] int Minutes, LockerSize Size = LockerSize.HandBag,
    [TextUpTo(10)] Text? Note = null);

/// <summary>What it is answered.</summary>
public sealed record LockerAnswer(Guid LockerId, string Name);

/// <summary>Told to others: a locker was taken.</summary>
public sealed record LockerWasTaken(Guid LockerId, DateTimeOffset Until);

/// <summary>Makes reactions fail, and remembers which ran.</summary>
public sealed class Weather
{
    private int failures;

    /// <summary>The streams whose reactions ran, as often as they did.</summary>
    public ConcurrentQueue<Guid> Ran { get; } = [];

    /// <summary>Lets the next reactions fail.</summary>
    public void FailNext(int times) => failures = times;

    /// <summary>Throws while it is told to.</summary>
    public void Strike(Guid stream)
    {
        Ran.Enqueue(stream);
        if (Interlocked.Decrement(ref failures) >= 0)
            throw new InvalidOperationException("The reaction failed, as it was told to.");
    }
}

/// <summary>Runs a locker's timers.</summary>
public sealed class LockerReactions(Kernel.Streams streams, Weather weather) : IReact<ReturnLocker>, IReact<CountReturn>
{
    /// <inheritdoc />
    public Task React(Guid stream, ReturnLocker command, CancellationToken ct)
    {
        weather.Strike(stream);
        return streams.Decide<Locker, LockerEvent>(stream, command.Decide, ct);
    }

    /// <inheritdoc />
    public Task React(Guid stream, CountReturn command, CancellationToken ct)
    {
        weather.Strike(stream);
        return streams.Decide<Tally, TallyEvent>(stream, command.Decide, ct);
    }
}

/// <summary>A whole service in one screen, on the kernel alone.</summary>
public static class SampleModule
{
    /// <summary>Its streams, events and timers.</summary>
    public static EventStoreBuilder AddLockers(this EventStoreBuilder store) => store
        .Stream<Locker>().Event<LockerTaken>("locker_taken").Event<LockerReturned>("locker_returned").Event<LockerTampered>("locker_tampered")
        .Stream<Tally>().Event<ReturnCounted>("return_counted")
        .Timers<LockerEvent>(LockerTimers.After)
        .Reaction<ReturnLocker, LockerReactions>("return_locker")
        .Reaction<CountReturn, LockerReactions>("count_return");

    /// <summary>What it tells.</summary>
    public static object? Translate(LockerEvent fact) => fact is LockerTaken e ? new LockerWasTaken(e.LockerId, e.Until) : null;

    /// <summary>Its endpoints.</summary>
    public static void MapLockers(this RouteGroupBuilder api)
    {
        var lockers = api.MapGroup("/lockers").RequireAuthorization();
        lockers.MapPut("/{lockerId:guid}/holder", Take).WithName(nameof(TakeLocker));
        lockers.MapPost("/{lockerId:guid}/holder:leave", Leave).WithName(nameof(ReturnLocker));
        lockers.MapPost("/{lockerId:guid}/holder:squeeze-in", SqueezeInto).WithName(nameof(SqueezeIn)).AllowAnonymous();
        lockers.MapPost("/{lockerId:guid}/inspection", Inspect).WithName("Inspect").Allow(Roles.CommitteeOfficer);
        lockers.MapHistory<Locker>("GetLockerHistory", Refusal.Unknown("locker.unknown", "没有这个储物柜。", "There is no such locker."), (_, _) => true);
    }

    private static Task<Results<Ok<LockerAnswer>, ProblemHttpResult>> Take(
        Guid lockerId, TakeLockerRequest body, Caller caller, IfMatch ifMatch, Kernel.Streams streams, CancellationToken ct) =>
        streams.Decide<Locker, LockerEvent>(lockerId, new TakeLocker(lockerId, caller.AccountId, body.Minutes).Decide, new With
        {
            IfMatch = ifMatch,
            Reply = Reply.Ok(new LockerAnswer(lockerId, body.Name)),
            Personal = [new PersonalCard(caller.AccountId, new HolderCard(body.Name, body.Phone))],
        }, ct).OkOrProblem<LockerAnswer>();

    private static Task<Results<NoContent, ProblemHttpResult>> Leave(Guid lockerId, Caller caller, Kernel.Streams streams, CancellationToken ct) =>
        streams.Decide<Locker, LockerEvent>(lockerId, new ReturnLocker(caller.AccountId, "left").Decide, ct).NoContentOrProblem();

    private static Task<Results<Ok<LockerAnswer>, ProblemHttpResult>> SqueezeInto(
        Guid lockerId, LockerAnswer body, Kernel.Streams streams, CancellationToken ct) =>
        streams.Decide<Locker, LockerEvent>(
            lockerId, new SqueezeIn(lockerId, lockerId).Decide, new With { Reply = Reply.Ok(body) }, ct).OkOrProblem<LockerAnswer>();

    private static NoContent Inspect(Guid lockerId) => TypedResults.NoContent();
}
