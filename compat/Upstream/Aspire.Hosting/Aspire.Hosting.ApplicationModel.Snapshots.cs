// Signatures of Aspire.Hosting 13.1: facts, without a body.
using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public sealed record CustomResourceSnapshot()
{
    public extern required string ResourceType { get; init; }
    public extern required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }
    public extern DateTime? CreationTimeStamp { get; init; }
    public extern DateTime? StartTimeStamp { get; init; }
    public extern DateTime? StopTimeStamp { get; init; }
    public extern ResourceStateSnapshot? State { get; init; }
    public extern int? ExitCode { get; init; }
    public extern bool IsHidden { get; init; }
    public extern ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; }
    public extern ImmutableArray<UrlSnapshot> Urls { get; init; }
    public extern ImmutableArray<RelationshipSnapshot> Relationships { get; init; }
    public extern ImmutableArray<ResourceCommandSnapshot> Commands { get; init; }
    public extern ImmutableArray<HealthReportSnapshot> HealthReports { get; }
    public extern HealthStatus? HealthStatus { get; }
}

public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    public extern DateTime? LastRunAt { get; init; }
}

public static class KnownResourceCommands
{
    public static readonly string StartCommand;
    public static readonly string StopCommand;
    public static readonly string RestartCommand;
}

public static class KnownResourceStateStyles
{
    public static readonly string Success;
    public static readonly string Error;
    public static readonly string Info;
    public static readonly string Warn;
}

public static class KnownResourceStates
{
    public static readonly string NotStarted;
    public static readonly string Waiting;
    public static readonly string Starting;
    public static readonly string Running;
    public static readonly string RuntimeUnhealthy;
    public static readonly string Stopping;
    public static readonly string Exited;
    public static readonly string Finished;
    public static readonly string FailedToStart;
    public static readonly string Active;
    public static readonly IReadOnlyList<string> TerminalStates;
}

public sealed record RelationshipSnapshot(string ResourceName, string Type);

public sealed record ResourceCommandSnapshot(string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, object? Parameter, string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted);

public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    public extern bool IsSensitive { get; init; }
}

public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static extern implicit operator ResourceStateSnapshot?(string? s);
}

public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    public extern bool IsInactive { get; init; }
    public extern UrlDisplayPropertiesSnapshot DisplayProperties { get; init; }
}
