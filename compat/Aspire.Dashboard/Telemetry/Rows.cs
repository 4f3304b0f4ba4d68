namespace Expo.Dashboard.Telemetry;

/// <summary>What is kept.</summary>
internal enum TelemetryKind
{
    /// <summary>Spans of traces.</summary>
    Spans,

    /// <summary>Log records.</summary>
    Logs,

    /// <summary>Measurements.</summary>
    Points,
}

/// <summary>Where telemetry comes from: a service, and which of its instances.</summary>
internal sealed record Source(string Name, string Instance);

/// <summary>
/// A span as it is stored; times in nanoseconds since 1970, the whole of it in protobuf. Failed is what a service was asked for, or does by
/// itself, not what it asked others and could do without. What begins a trace that nobody asked for — a health
/// check, a poll, a library at work in the background — is noise: hidden, with what belongs to it, unless asked for or failed.
/// </summary>
internal readonly record struct SpanRow(
    Source Source, string Scope, ReadOnlyMemory<byte> TraceId, ReadOnlyMemory<byte> SpanId, ReadOnlyMemory<byte> ParentId, ReadOnlyMemory<byte> Name,
    int Kind, long Start, long Duration, bool Failed, bool Noise, ReadOnlyMemory<byte> Body);

/// <summary>A log record as it is stored; severity as OTLP numbers it (1 trace … 24 fatal).</summary>
internal readonly record struct LogRow(
    Source Source, string Scope, ReadOnlyMemory<byte> TraceId, ReadOnlyMemory<byte> SpanId, long Time, int Severity, ReadOnlyMemory<byte> Message, ReadOnlyMemory<byte> Body);

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
internal readonly record struct PointRow(Instrument Instrument, string Series, long Time, double Value, long Count, ReadOnlyMemory<byte> Body);

/// <summary>Rows of one request that wait to be written, and how many of it cannot be kept, and why.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Rows">What can be kept.</param>
/// <param name="Refused">How many cannot.</param>
/// <param name="Why">Why not, of one of them.</param>
internal sealed record Batch<TRow>(TelemetryKind Kind, IReadOnlyList<TRow> Rows, int Refused, string? Why);
