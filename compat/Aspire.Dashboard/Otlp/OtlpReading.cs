using System.Text;
using Expo.Dashboard.Telemetry;

namespace Expo.Dashboard.Otlp;

/// <summary>Turns what arrives over OTLP into rows. All of a request is checked before any of it is kept, so that whatever is stored can be read again.</summary>
internal sealed class OtlpReading(TelemetryOptions options, TimeProvider clock)
{
    /// <summary>A span or record that is larger is refused: it would push out a hundred others.</summary>
    public const int MaxRowBytes = 256 * 1024;

    /// <summary>What a service is called that does not say its name.</summary>
    public const string Unknown = "unknown";

    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;
    private static readonly TimeSpan FarOff = TimeSpan.FromDays(1);

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public Batch<SpanRow> Spans(ReadOnlyMemory<byte> request)
    {
        var found = Find<SpanRow>(TelemetryKind.Spans);
        Each(request, (source, scope, body) =>
        {
            var row = SpanReading.Read(source, scope, body);
            found.Add(row, row.TraceId.Length != TraceIdLength || row.SpanId.Length != SpanIdLength ? "a span has no valid ids" : null, row.Start, row.Start + row.Duration, body);
        });
        return found.Batch;
    }

    /// <summary>Reads an ExportLogsServiceRequest.</summary>
    public Batch<LogRow> Logs(ReadOnlyMemory<byte> request)
    {
        var found = Find<LogRow>(TelemetryKind.Logs);
        Each(request, (source, scope, body) =>
        {
            var row = LogReading.Read(source, scope, body);
            found.Add(row, null, row.Time, row.Time, body);
        });
        return found.Batch;
    }

    /// <summary>Reads an ExportMetricsServiceRequest.</summary>
    public Batch<PointRow> Points(ReadOnlyMemory<byte> request)
    {
        var found = Find<PointRow>(TelemetryKind.Points);
        PointReading.Read(request, found);
        return found.Batch;
    }

    private Found<TRow> Find<TRow>(TelemetryKind kind) => new(kind, clock.GetUtcNow() - options.Retention, clock.GetUtcNow() + FarOff);

    // The three requests have one shape: resources (1) with their attributes (1) and scopes (2) with their names (1) and items (2).
    private static void Each(ReadOnlyMemory<byte> request, Action<Source, string, ReadOnlyMemory<byte>> item)
    {
        for (var sent = new Wire(request); sent.Next();)
        {
            if (sent.Tag != Wire.Of(1))
            {
                continue;
            }

            var source = SourceOf(sent.Value);
            for (var resource = new Wire(sent.Value); resource.Next();)
            {
                if (resource.Tag != Wire.Of(2))
                {
                    continue;
                }

                var name = ScopeOf(resource.Value);
                for (var scope = new Wire(resource.Value); scope.Next();)
                {
                    if (scope.Tag == Wire.Of(2))
                    {
                        item(source, name, scope.Value);
                    }
                }
            }
        }
    }

    private static Source SourceOf(ReadOnlyMemory<byte> sent)
    {
        var (name, instance) = (Unknown, "");
        for (var fields = new Wire(sent); fields.Next();)
        {
            for (var resource = new Wire(fields.Tag == Wire.Of(1) ? fields.Value : default); resource.Next();)
            {
                if (resource.Tag == Wire.Of(1))
                {
                    var (key, value) = AttributeReading.Read(resource.Value);
                    name = key.SequenceEqual("service.name"u8) && value.Length > 0 ? Encoding.UTF8.GetString(value) : name;
                    instance = key.SequenceEqual("service.instance.id"u8) ? Encoding.UTF8.GetString(value) : instance;
                }
            }
        }

        return new(name, instance);
    }

    private static string ScopeOf(ReadOnlyMemory<byte> sent)
    {
        for (var fields = new Wire(sent); fields.Next();)
        {
            for (var scope = new Wire(fields.Tag == Wire.Of(1) ? fields.Value : default); scope.Next();)
            {
                if (scope.Tag == Wire.Of(1))
                {
                    return Encoding.UTF8.GetString(scope.Value.Span);
                }
            }
        }

        return "";
    }
}

/// <summary>Gathers rows, and what speaks against some.</summary>
internal sealed class Found<TRow>(TelemetryKind kind, DateTimeOffset earliest, DateTimeOffset latest)
{
    private readonly long earliest = Retention.Nanoseconds(earliest), latest = Retention.Nanoseconds(latest);
    private readonly List<TRow> rows = [];
    private int refused;
    private string? why;

    public Batch<TRow> Batch => new(kind, rows, refused, why);

    public void Add(TRow row, string? against, long start, long end, ReadOnlyMemory<byte> body)
    {
        against ??= body.Length > OtlpReading.MaxRowBytes ? $"one is larger than {OtlpReading.MaxRowBytes / 1024} KB"
            : end > latest ? "one is more than a day in the future: is the sender's clock right?"
            : start < earliest ? "one is older than anything that is kept: is the sender's clock right?" : null;
        if (against is null)
        {
            rows.Add(row);
        }
        else
        {
            Refuse(against);
        }
    }

    public void Refuse(string against) => (refused, why) = (refused + 1, against);
}
