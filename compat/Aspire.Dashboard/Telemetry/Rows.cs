namespace Expo.Dashboard.Telemetry;

/// <summary>Where telemetry comes from: a service, and which of its instances.</summary>
internal sealed record Source(string Name, string Instance);

/// <summary>A span as it is stored; times in nanoseconds since 1970, the whole of it in protobuf. Health checks and polls are noise, hidden unless asked for.</summary>
internal sealed record SpanRow(
    Source Source, byte[] TraceId, byte[] SpanId, byte[] ParentId, string Scope, string Name, int Kind, long Start, long Duration, bool Failed, bool Noise, byte[] Body);

/// <summary>A log record as it is stored; severity as OTLP numbers it (1 trace … 24 fatal).</summary>
internal sealed record LogRow(Source Source, byte[] TraceId, byte[] SpanId, string Scope, long Time, int Severity, string Message, byte[] Body);

/// <summary>What is measured: one instrument of one source.</summary>
internal sealed record Instrument(Source Source, string Meter, string Name, string Description, string Unit, InstrumentKind Kind);

/// <summary>How an instrument's points are to be read.</summary>
internal enum InstrumentKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A running total.</summary>
    Counter,

    /// <summary>A distribution, in running totals per bucket.</summary>
    Histogram,
}

/// <summary>One measurement of one series.</summary>
/// <param name="Instrument">What is measured.</param>
/// <param name="Series">Its dimensions, <c>name=value</c> in order.</param>
/// <param name="Time">Nanoseconds since 1970.</param>
/// <param name="Value">The value, or a histogram's sum.</param>
/// <param name="Count">How many were measured; a histogram's only.</param>
/// <param name="Body">A histogram's buckets in protobuf; empty for others.</param>
internal sealed record PointRow(Instrument Instrument, string Series, long Time, double Value, long Count, byte[] Body);
