using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using Marten.Exceptions;
using Npgsql;

namespace Expo.Kernel;

/// <summary>Loads a stream, asks a pure function, and commits its answer with all that belongs to it. The only write path.</summary>
public sealed class Streams(IDocumentStore store, StreamGate gate, SubjectKeys keys, Reactions reactions, TimerSignal timers, Call call, TimeProvider clock)
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Decides with nothing besides.</summary>
    public Task<Outcome> Decide<TState, TEvent>(Guid id, Func<TState, DateTimeOffset, Decision<TEvent>> decide, CancellationToken ct)
        where TState : class, IState<TState>, new() where TEvent : class =>
        Decide(id, decide, new With(), ct);

    /// <summary>Decides, and commits facts, snapshot, idempotency record, personal rows, timers and inbox in one transaction; tries again when somebody was faster.</summary>
    public async Task<Outcome> Decide<TState, TEvent>(Guid id, Func<TState, DateTimeOffset, Decision<TEvent>> decide, With with, CancellationToken ct)
        where TState : class, IState<TState>, new() where TEvent : class
    {
        using var turn = await gate.Enter(id, Patience, ct);
        for (var attempt = 1; turn is not null && attempt <= MaxAttempts; attempt++)
        {
            await using var session = store.LightweightSession();
            try
            {
                return await Attempt(session, id, decide, with, exclusively: attempt > 1, ct);
            }
            catch (Exception e) when (IsTaken(e, typeof(Handled)))
            {
                call.HandledBefore = true;
                return new Outcome(null, 0, 0, with.Reply);
            }
            catch (Exception e) when (IsTaken(e))
            {
                if (await AnsweredBefore(ct) is { } earlier)
                    return earlier;
            }
            catch (Exception e) when (IsConflict(e))
            {
                // Decide is pure, so running it again on fresher state is safe.
            }
            catch (Exception e) when (IsLockTimeout(e))
            {
                return new Outcome(call.Idempotent is null ? Refusal.Busy : IdempotentRequest.InProgress, 0, 0, with.Reply);
            }
        }

        return new Outcome(Refusal.Busy, 0, 0, with.Reply);
    }

    /// <summary>The state of a stream as it is now; remembers its version for the ETag.</summary>
    public async Task<Current<TState>> Read<TState>(Guid id, CancellationToken ct) where TState : class, IState<TState>, new()
    {
        await using var session = store.LightweightSession();
        var stream = await session.Events.FetchForWriting<TState>(id, ct);
        call.Version = stream.CurrentVersion;
        return new Current<TState>(stream.Aggregate, stream.CurrentVersion ?? 0);
    }

    private async Task<Outcome> Attempt<TState, TEvent>(
        IDocumentSession session, Guid id, Func<TState, DateTimeOffset, Decision<TEvent>> decide, With with, bool exclusively, CancellationToken ct)
        where TState : class, IState<TState>, new() where TEvent : class
    {
        var stream = exclusively
            ? await session.Events.FetchForExclusiveWriting<TState>(id, ct)
            : await session.Events.FetchForWriting<TState>(id, ct);
        var version = stream.CurrentVersion ?? 0;
        // Marten empties a kept state while it builds it again; what is decided on nothing would be wrong.
        if (stream.Aggregate is null && version > 0)
            return new Outcome(Refusal.Busy, version, 0, with.Reply);

        var now = clock.GetUtcNow();
        var decision = decide(stream.Aggregate ?? new TState(), now);
        // For whom it does not exist, it has no version either.
        if (with.IfMatch.Version is { } seen && seen != version && decision is not Decision<TEvent>.Refused { Why.Kind: RefusalKind.Unknown })
            decision = Refusal.Stale;

        var (refusal, facts) = decision switch
        {
            Decision<TEvent>.Refused no => (no.Why, no.Facts),
            Decision<TEvent>.Accepted yes => (null, yes.Events),
            _ => throw new UnreachableException(),
        };
        var outcome = new Outcome(refusal, version + facts.Count, facts.Count, with.Reply);

        // A state that stands in the way may be the effect of this very request.
        if (!StoredAnswer.IsKept(outcome.Refusal) && await AnsweredBefore(ct) is { } earlier)
            return earlier;

        var sessionKeys = keys.Within(session);
        var due = false;
        // Before what the facts claim: a repeat is known by this row, not by a claim that it made itself.
        if (call.Cause is { Consumer: { } consumer } cause)
            session.Insert(Handled.Of(consumer, cause.MessageId, id, now));
        if (facts.Count > 0)
        {
            call.Stamp(session);
            stream.AppendMany(facts);
            foreach (var card in with.Personal)
                PersonalData.Store(session, sessionKeys, card);
            foreach (var fact in facts)
                due |= reactions.Queue(session, fact, now, call);
        }

        if (call.Idempotent is { } request && StoredAnswer.IsKept(outcome.Refusal))
            session.Insert(StoredAnswer.For(request, sessionKeys, outcome, call.Language, now));

        await session.SaveChangesAsync(ct);
        sessionKeys.Committed();
        call.Version = outcome.Version;
        if (due)
            timers.Wake();
        return outcome;
    }

    private async Task<Outcome?> AnsweredBefore(CancellationToken ct)
    {
        if (call.Idempotent is not { } request)
            return null;

        await using var session = store.QuerySession();
        call.Replay = await StoredAnswer.Find(session, keys, request, ct);
        return call.Replay is null ? null : new Outcome(IdempotentRequest.Answered, 0, 0, Reply.NoContent);
    }

    // Marten tells of several rows, or of a row and the stream, in one exception.
    private static bool IsTaken(Exception e, Type? row = null) =>
        (e is DocumentAlreadyExistsException taken && (row is null || taken.DocumentType == row)) || (e is AggregateException all && all.InnerExceptions.Any(one => IsTaken(one, row)));

    private static bool IsConflict(Exception e) =>
        e is ConcurrencyException or ExistingStreamIdCollisionException or StreamLockedException or ConcurrentUpdateException
        || (e is AggregateException all && all.InnerExceptions.Any(IsConflict));

    private static bool IsLockTimeout(Exception? e) =>
        e is not null && (e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } || IsLockTimeout(e.InnerException));
}
