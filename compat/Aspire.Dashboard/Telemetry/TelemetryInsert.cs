using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Expo.Dashboard.Telemetry;

/// <summary>Writes rows within one transaction, with statements and ids that outlive it.</summary>
internal sealed class TelemetryInsert : IDisposable
{
    private const int MostIds = 50_000;
    private readonly Statement source, span, trace, log, instrument, series, point;
    private readonly Dictionary<Source, long> sources = [];
    private readonly Dictionary<Instrument, long> instruments = [];
    private readonly Dictionary<(long, string), long> allSeries = [];
    private readonly Dictionary<UInt128, TracePart> traces = [];

    public TelemetryInsert(SqliteConnection connection)
    {
        source = new(connection, "insert into sources (name, instance) values ($1, $2) on conflict do update set name = name returning id");
        span = new(
            connection,
            """
            insert into spans (trace_id, span_id, parent_id, source_id, scope, name, kind, start, duration, failed, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id
            """);
        trace = new(
            connection,
            """
            insert into traces (trace_id, id, start, stop, spans, failures, noise, root_name, root_source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict do update set id = excluded.id, start = min(start, excluded.start), stop = max(stop, excluded.stop), spans = spans + excluded.spans,
                failures = failures + excluded.failures, noise = max(noise, excluded.noise), root_name = coalesce(excluded.root_name, root_name),
                root_source = coalesce(excluded.root_source, root_source)
            """);
        log = new(connection, "insert into logs (source_id, time, severity, trace_id, span_id, scope, message, body) values ($1, $2, $3, $4, $5, $6, $7, $8)");
        instrument = new(
            connection,
            """
            insert into instruments (source_id, meter, name, description, unit, kind) values ($1, $2, $3, $4, $5, $6)
            on conflict do update set description = excluded.description returning id
            """);
        series = new(connection, "insert into series (instrument_id, dimensions) values ($1, $2) on conflict do update set dimensions = dimensions returning id");
        point = new(connection, "insert into points (series_id, time, value, count, body) values ($1, $2, $3, $4, $5)");
    }

    public void Span(SpanRow row)
    {
        var from = IdOf(row.Source);
        var id = span.WithBytes(row.TraceId.Span).WithBytes(row.SpanId.Span).WithBytes(row.ParentId.Span).With(from).With(row.Scope).WithText(row.Name)
            .With(row.Kind).With(row.Start).With(row.Duration).With(row.Failed).WithBytes(row.Body.Span).Run();
        var key = BinaryPrimitives.ReadUInt128BigEndian(row.TraceId.Span);
        if (!traces.TryGetValue(key, out var part))
        {
            traces[key] = part = new(row.TraceId, row.Start);
        }

        part.Id = id;
        part.Start = Math.Min(part.Start, row.Start);
        part.Stop = Math.Max(part.Stop, row.Start + row.Duration);
        part.Spans++;
        part.Failures += row.Failed ? 1 : 0;
        part.Noise |= row.Noise;
        if (row.ParentId.IsEmpty)
        {
            (part.RootName, part.RootSource) = (row.Name, from);
        }
    }

    public void Log(LogRow row) => log.With(IdOf(row.Source)).With(row.Time).With(row.Severity).WithBytes(row.TraceId.Span).WithBytes(row.SpanId.Span)
        .With(row.Scope).WithText(row.Message).WithBytes(row.Body.Span).Run();

    public void Point(PointRow row) =>
        point.With(IdOf(IdOf(row.Instrument), row.Series)).With(row.Time).With(row.Value).With(row.Count).WithBytes(row.Body.Span).Run();

    /// <summary>Writes what was gathered over the transaction's rows.</summary>
    public void End()
    {
        foreach (var part in traces.Values)
        {
            trace.WithBytes(part.TraceId.Span).With(part.Id).With(part.Start).With(part.Stop).With(part.Spans).With(part.Failures).With(part.Noise)
                .WithText(part.RootName).With(part.RootSource).Run();
        }

        traces.Clear();
        if (sources.Count + instruments.Count + allSeries.Count > MostIds)
        {
            Forget();
        }
    }

    /// <summary>Forgets the ids it knows: they are no longer there, or too many.</summary>
    public void Forget()
    {
        traces.Clear();
        sources.Clear();
        instruments.Clear();
        allSeries.Clear();
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[source, span, trace, log, instrument, series, point])
        {
            statement.Dispose();
        }
    }

    private long IdOf(Source row) => sources.TryGetValue(row, out var id) ? id : sources[row] = source.With(row.Name).With(row.Instance).Run();

    private long IdOf(Instrument row) =>
        instruments.TryGetValue(row, out var id)
            ? id
            : instruments[row] = instrument.With(IdOf(row.Source)).With(row.Meter).With(row.Name).With(row.Description).With(row.Unit).With((int)row.Kind).Run();

    private long IdOf(long instrumentId, string dimensions) =>
        allSeries.TryGetValue((instrumentId, dimensions), out var id)
            ? id
            : allSeries[(instrumentId, dimensions)] = series.With(instrumentId).With(dimensions).Run();

    private sealed class TracePart(ReadOnlyMemory<byte> traceId, long start)
    {
        public ReadOnlyMemory<byte> TraceId { get; } = traceId;

        public long Id { get; set; }

        public long Start { get; set; } = start;

        public long Stop { get; set; } = start;

        public int Spans { get; set; }

        public int Failures { get; set; }

        public bool Noise { get; set; }

        public ReadOnlyMemory<byte>? RootName { get; set; }

        public long? RootSource { get; set; }
    }
}
