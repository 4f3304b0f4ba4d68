// Signatures of JasperFx 2.53.0: facts, without a body.
namespace JasperFx.OpenTelemetry;

public class OpenTelemetryOptions
{
    internal extern OpenTelemetryOptions();
    public extern TrackLevel TrackConnections { get; set; }
}

public enum TrackLevel { None, Normal, Verbose }
