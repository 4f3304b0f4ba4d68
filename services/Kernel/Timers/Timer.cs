namespace Expo.Kernel.Timers;

/// <summary>A reaction that is due: written in the transaction that decides it, run by one node when its time has come.</summary>
/// <param name="At">When; now for a reaction of the same service.</param>
/// <param name="Stream">The stream that the command is for.</param>
/// <param name="Command">What to do then; its type is registered under a stored name.</param>
public sealed record Due(DateTimeOffset At, Guid Stream, object Command);

/// <summary>Does what a timer row asks, through <see cref="Streams"/>; it may run more than once for a row, so it decides idempotently.</summary>
public interface IReact<in TCommand>
{
    /// <summary>Runs the command for the stream.</summary>
    Task React(Guid stream, TCommand command, CancellationToken ct);
}

/// <summary>A stored timer row.</summary>
public sealed record TimerRow(Guid Id, DateTimeOffset DueAt, Guid Stream, string Name, string Command, string? Edition, string Actor, int Attempts);

/// <summary>A unique row that an event takes or gives up, in its own transaction: two events can never hold the same claim.</summary>
public sealed record Claim(Guid Id, bool Taken)
{
    /// <summary>Take it; when somebody has it, nothing is committed and the caller is told to try again.</summary>
    public static Claim Take(Guid id) => new(id, true);

    /// <summary>Give it up.</summary>
    public static Claim GiveUp(Guid id) => new(id, false);
}
