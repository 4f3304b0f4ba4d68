namespace JasperFx.OpenTelemetry;

/// <summary>How much of a session is traced.</summary>
public enum TrackLevel { None, Normal, Verbose }

/// <summary>Which telemetry a store gives.</summary>
public class OpenTelemetryOptions
{
    internal OpenTelemetryOptions() { }

    public TrackLevel TrackConnections { get; set; } = TrackLevel.None;
}
