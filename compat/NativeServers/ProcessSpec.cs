namespace Expo.NativeServers;

/// <summary>
/// What to run, where, as whom. The environment adds to the inherited one, and null takes a variable away; another user takes effect when we are root.
/// </summary>
public sealed record ProcessSpec(
    string Name,
    string FileName,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string?>? Environment = null,
    string? WorkingDirectory = null,
    string? RunAs = null)
{
    /// <summary>The signal this process stops on.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;
}

/// <summary>One line a process wrote.</summary>
public readonly record struct OutputLine(string Text, bool IsError);

/// <summary>The signals we send.</summary>
public enum Signal
{
    /// <summary>As Ctrl-C; a fast shutdown for PostgreSQL.</summary>
    Interrupt = 2,

    /// <summary>At once, for PostgreSQL.</summary>
    Quit = 3,

    /// <summary>Cannot be refused.</summary>
    Kill = 9,

    /// <summary>Please stop.</summary>
    Terminate = 15,
}
