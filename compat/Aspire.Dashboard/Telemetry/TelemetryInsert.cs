using Microsoft.Data.Sqlite;

namespace Expo.Dashboard.Telemetry;

/// <summary>Writes rows within one transaction, with statements and ids that outlive it.</summary>
internal sealed class TelemetryInsert : IDisposable
{
    private readonly Statement source, span, trace, log, instrument, series, point;
    private readonly Dictionary<Source, long> sources = [];
    private readonly Dictionary<Instrument, long> instruments = [];
    private readonly Dictionary<(long, string), long> allSeries = [];
    private readonly Dictionary<TraceKey, TracePart> traces = [];
    private SqliteTransaction transaction = null!;

    public TelemetryInsert(SqliteConnection connection)
    {
        source = new(connection, "insert into sources (name, instance) values ($1, $2) on conflict do update set name = name returning id", 2);
        span = new(
            connection,
            """
            insert into spans (trace_id, span_id, parent_id, source_id, scope, name, kind, start, duration, failed, noise, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id
            """,
            12);
        trace = new(
            connection,
            """
            insert into traces (trace_id, id, start, stop, spans, failures, noise, root_name, root_source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict do update set id = excluded.id, start = min(start, excluded.start), stop = max(stop, excluded.stop), spans = spans + excluded.spans,
                failures = failures + excluded.failures, noise = max(noise, excluded.noise), root_name = coalesce(excluded.root_name, root_name),
                root_source = coalesce(excluded.root_source, root_source)
            """,
            9);
        log = new(
            connection,
            "insert into logs (source_id, time, severity, trace_id, span_id, scope, message, body) values ($1, $2, $3, $4, $5, $6, $7, $8)", 8);
        instrument = new(
            connection,
            """
            insert into instruments (source_id, meter, name, description, unit, kind) values ($1, $2, $3, $4, $5, $6)
            on conflict do update set description = excluded.description returning id
            """,
            6);
        series = new(
            connection,
            "insert into series (instrument_id, dimensions) values ($1, $2) on conflict do update set dimensions = dimensions returning id", 2);
        point = new(connection, "insert into points (series_id, time, value, count, body) values ($1, $2, $3, $4, $5)", 5);
    }

    /// <summary>How many rows this transaction has so far.</summary>
    public int Rows { get; private set; }

    public void Begin(SqliteTransaction begun) => (transaction, Rows) = (begun, 0);

    public void Span(SpanRow row)
    {
        var from = IdOf(row.Source);
        var id = span.Ask(
            transaction, row.TraceId, row.SpanId, row.ParentId, from, row.Scope, row.Name, row.Kind, row.Start, row.Duration, row.Failed, row.Noise, row.Body);
        var key = new TraceKey(row.TraceId);
        var part = traces.GetValueOrDefault(key) ?? new(row.Start, row.Start, row.TraceId);
        var isRoot = row.ParentId.Length == 0;
        traces[key] = part with
        {
            Id = id,
            Start = Math.Min(part.Start, row.Start),
            Stop = Math.Max(part.Stop, row.Start + row.Duration),
            Spans = part.Spans + 1,
            Failures = part.Failures + (row.Failed ? 1 : 0),
            Noise = part.Noise || row.Noise,
            RootName = isRoot ? row.Name : part.RootName,
            RootSource = isRoot ? from : part.RootSource,
        };
        Rows++;
    }

    public void Log(LogRow row)
    {
        log.Run(transaction, IdOf(row.Source), row.Time, row.Severity, row.TraceId, row.SpanId, row.Scope, row.Message, row.Body);
        Rows++;
    }

    public void Point(PointRow row)
    {
        point.Run(transaction, IdOf(IdOf(row.Instrument), row.Series), row.Time, row.Value, row.Count, row.Body);
        Rows++;
    }

    /// <summary>Writes what was gathered over the transaction's rows.</summary>
    public void End()
    {
        foreach (var part in traces.Values)
        {
            trace.Run(
                transaction, part.TraceId, part.Id, part.Start, part.Stop, part.Spans, part.Failures, part.Noise, part.RootName, part.RootSource);
        }

        traces.Clear();
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[source, span, trace, log, instrument, series, point])
        {
            statement.Dispose();
        }
    }

    private long IdOf(Source row) => sources.TryGetValue(row, out var id) ? id : sources[row] = source.Ask(transaction, row.Name, row.Instance);

    private long IdOf(Instrument row) =>
        instruments.TryGetValue(row, out var id)
            ? id
            : instruments[row] = instrument.Ask(transaction, IdOf(row.Source), row.Meter, row.Name, row.Description, row.Unit, (int)row.Kind);

    private long IdOf(long instrumentId, string dimensions) =>
        allSeries.TryGetValue((instrumentId, dimensions), out var id)
            ? id
            : allSeries[(instrumentId, dimensions)] = series.Ask(transaction, instrumentId, dimensions);

    private readonly record struct TraceKey(UInt128 Value)
    {
        public TraceKey(byte[] id) : this(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(id))
        {
        }
    }

    private sealed record TracePart(long Start, long Stop, byte[] TraceId)
    {
        public long Id { get; init; }

        public int Spans { get; init; }

        public int Failures { get; init; }

        public bool Noise { get; init; }

        public string? RootName { get; init; }

        public long? RootSource { get; init; }
    }
}
