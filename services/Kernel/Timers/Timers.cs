using System.Diagnostics;
using System.Threading.Channels;

namespace Expo.Kernel.Timers;

/// <summary>Which timers and claims follow which events, and who runs the timers.</summary>
public sealed class Reactions
{
    private readonly Dictionary<string, Func<IServiceProvider, Guid, string, CancellationToken, Task>> runs = [];
    private readonly Dictionary<Type, string> names = [];

    internal List<Func<object, DateTimeOffset, IEnumerable<Due>>> Due { get; } = [];

    internal List<Func<object, IEnumerable<Claim>>> Claims { get; } = [];

    internal void Add<TCommand>(string storedName) where TCommand : class
    {
        names.Add(typeof(TCommand), storedName);
        runs.Add(storedName, (services, stream, command, ct) =>
            services.GetRequiredService<IReact<TCommand>>().React(stream, JsonSerializer.Deserialize<TCommand>(command, EventStore.Json)!, ct));
    }

    /// <summary>Queues what follows an event on the session that appends it; true when something is due at once.</summary>
    internal bool Queue(IDocumentSession session, object fact, DateTimeOffset now, Call call)
    {
        foreach (var claim in Claims.SelectMany(rule => rule(fact)))
        {
            if (claim.Taken)
                session.Insert(claim);
            else
                session.Delete<Claim>(claim.Id);
        }

        var rows = Due.SelectMany(rule => rule(fact, now)).Select(due => new TimerRow(
            Guid.CreateVersion7(), due.At, due.Stream, names[due.Command.GetType()],
            JsonSerializer.Serialize(due.Command, due.Command.GetType(), EventStore.Json), call.Edition, call.Actor, 0, call.Cause is { } cause ? cause with { Consumer = null } : null,
            due.At <= now ? Activity.Current?.Id : null)).ToArray();
        session.Insert(rows);
        return rows.Any(row => row.DueAt <= now);
    }

    /// <summary>Runs one row.</summary>
    internal Task Run(IServiceProvider services, TimerRow row, CancellationToken ct) => runs[row.Name](services, row.Stream, row.Command, ct);
}

/// <summary>Wakes the timers of this process when something is due at once.</summary>
public sealed class TimerSignal
{
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something is due now.</summary>
    public void Wake() => signal.Writer.TryWrite(true);

    internal async Task Wait(TimeSpan atMost, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(atMost);
        try
        {
            await signal.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing came: time to look anyway.
        }
    }
}

/// <summary>A reaction that is due: written in the transaction that decides it, run by one node when its time has come.</summary>
public sealed record Due(DateTimeOffset At, Guid Stream, object Command);

/// <summary>Does what a timer row asks, through <see cref="Streams"/>; it may run more than once for a row, so it decides idempotently.</summary>
public interface IReact<in TCommand>
{
    /// <summary>Runs the command for the stream.</summary>
    Task React(Guid stream, TCommand command, CancellationToken ct);
}

/// <summary>A stored timer row; with the trace it goes on in, when it was due at once.</summary>
public sealed record TimerRow(Guid Id, DateTimeOffset DueAt, Guid Stream, string Name, string Command, string? Edition, string Actor, int Attempts, Cause? Cause = null, string? Trace = null);

/// <summary>A unique row that an event takes or gives up, in its own transaction: two events can never hold the same claim.</summary>
public sealed record Claim(Guid Id, bool Taken)
{
    /// <summary>Take it; when somebody has it, nothing is committed and the caller is told to try again.</summary>
    public static Claim Take(Guid id) => new(id, true);

    /// <summary>Give it up.</summary>
    public static Claim GiveUp(Guid id) => new(id, false);
}
