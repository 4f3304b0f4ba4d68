namespace Expo.Dashboard.Resources;

/// <summary>A resource of the running application as the dashboard shows it.</summary>
public sealed record ResourceView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its kind: Project, PostgresServer, …</summary>
    public required string Type { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required string State { get; init; }

    /// <summary>Healthy, Degraded, Unhealthy; nothing while it does not run.</summary>
    public string? Health { get; init; }

    /// <summary>Not shown unless asked for, such as a parameter.</summary>
    public bool Hidden { get; init; }

    /// <summary>The last run of each health check.</summary>
    public IReadOnlyList<HealthView> HealthReports { get; init; } = [];

    /// <summary>Since when it runs.</summary>
    public DateTime? Started { get; init; }

    /// <summary>Since when it does not.</summary>
    public DateTime? Stopped { get; init; }

    /// <summary>What it ended with.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it could not be started.</summary>
    public string? Failure { get; init; }

    /// <summary>How often it, or one of its replicas, was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>How many processes are meant to run.</summary>
    public int Replicas { get; init; }

    /// <summary>Those that run.</summary>
    public IReadOnlyList<InstanceView> Instances { get; init; } = [];

    /// <summary>Addresses for people.</summary>
    public IReadOnlyList<UrlView> Urls { get; init; } = [];

    /// <summary>Addresses for programs.</summary>
    public IReadOnlyList<EndpointView> Endpoints { get; init; } = [];

    /// <summary>Its environment; what is secret is not in it.</summary>
    public IReadOnlyList<VariableView> Environment { get; init; } = [];

    /// <summary>What it waits for before it starts.</summary>
    public IReadOnlyList<WaitView> Waits { get; init; } = [];

    /// <summary>What it refers to.</summary>
    public IReadOnlyList<RelationView> Relations { get; init; } = [];

    /// <summary>What it is a part of.</summary>
    public string? Parent { get; init; }

    /// <summary>What can be done with it.</summary>
    public IReadOnlyList<CommandView> Commands { get; init; } = [];
}

/// <summary>The last run of a health check; no status before the first.</summary>
public sealed record HealthView(string Name, string? Status, string? Description, string? Error, DateTime? LastRun);

/// <summary>A process; its name only where there are several.</summary>
public sealed record InstanceView(string? Name, int Pid);

/// <summary>An address for people.</summary>
public sealed record UrlView(string Name, string Url);

/// <summary>An address for programs; the process itself may listen elsewhere.</summary>
public sealed record EndpointView(string Name, string Url);

/// <summary>A variable; a secret one has no value, or one with its secret parts replaced.</summary>
public sealed record VariableView(string Name, string? Value, bool Secret);

/// <summary>Something that is waited for, and whether it is there.</summary>
public sealed record WaitView(string Resource, string For, bool Met, string State);

/// <summary>A relation to another resource.</summary>
public sealed record RelationView(string Resource, string Type);

/// <summary>Something that can be done with a resource.</summary>
public sealed record CommandView(string Name, string DisplayName, string? Description, string? Confirmation, bool Highlighted, bool Enabled);

/// <summary>How a command ended.</summary>
public enum CommandEnd
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such resource or command.</summary>
    Unknown,

    /// <summary>It could not be done.</summary>
    Failed,
}

/// <summary>How a command ended, in words.</summary>
public sealed record CommandResult(CommandEnd End, string Message);

/// <summary>A line that a resource wrote; numbers count per resource.</summary>
public sealed record ConsoleLine(string Resource, int Number, DateTimeOffset Time, string Text, bool Error);
