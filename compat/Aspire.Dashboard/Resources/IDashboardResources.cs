namespace Expo.Dashboard.Resources;

/// <summary>What the dashboard knows of the running application, and can do with it; whoever runs the application implements it.</summary>
public interface IDashboardResources
{
    /// <summary>Every resource, in the order of the application.</summary>
    IReadOnlyList<ResourceView> List();

    /// <summary>The names of resources as they change.</summary>
    IAsyncEnumerable<string> ChangesAsync(CancellationToken ct);

    /// <summary>Runs a command and waits for its effect.</summary>
    Task<CommandResult> ExecuteAsync(string resource, string command, CancellationToken ct);

    /// <summary>The last lines of one resource, or of all in the order of time.</summary>
    IReadOnlyList<ConsoleLine> Console(string? resource, int last);

    /// <summary>The last lines, and then every line as it is written.</summary>
    IAsyncEnumerable<IReadOnlyList<ConsoleLine>> FollowConsoleAsync(string? resource, int last, CancellationToken ct);
}
