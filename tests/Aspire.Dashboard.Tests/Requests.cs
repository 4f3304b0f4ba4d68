using Expo.Dashboard.Otlp;
using Google.Protobuf;

namespace Expo.Dashboard.Tests;

/// <summary>Export requests, as small as they can be.</summary>
internal static class Requests
{
    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>So many spans of as many traces, records or points.</summary>
    public static byte[] Many(string signal, string service, int count)
    {
        var time = (ulong)Now.ToUnixTimeMilliseconds() * 1_000_000;
        var numbers = Enumerable.Range(0, count);
        return signal switch
        {
            "traces" => new TraceRequest { ResourceSpans = { Resource(service, [.. numbers.Select(n => Span($"work {n}", Now))]) } }.ToByteArray(),
            "logs" => new LogsRequest
            {
                ResourceLogs =
                {
                    new ResourceLogs
                    {
                        Resource = Named(service),
                        ScopeLogs = { new ScopeLogs { LogRecords = { numbers.Select(n => new LogRecord { TimeUnixNano = time, SeverityNumber = 9, Body = new() { StringValue = $"said {n}" } }) } } },
                    },
                },
            }.ToByteArray(),
            _ => new MetricsRequest
            {
                ResourceMetrics =
                {
                    new ResourceMetrics
                    {
                        Resource = Named(service),
                        ScopeMetrics =
                        {
                            new ScopeMetrics
                            {
                                Metrics = { new Metric { Name = "m", Gauge = new() { DataPoints = { numbers.Select(n => new NumberDataPoint { TimeUnixNano = time, AsInt = n }) } } } },
                            },
                        },
                    },
                },
            }.ToByteArray(),
        };
    }

    public static byte[] Good(string signal, string service)
    {
        var time = (ulong)Now.ToUnixTimeMilliseconds() * 1_000_000;
        return signal switch
        {
            "traces" => Spans(service, new() { StringValue = "value" }),
            "logs" => new LogsRequest
            {
                ResourceLogs =
                {
                    new ResourceLogs
                    {
                        Resource = Named(service),
                        ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { TimeUnixNano = time, SeverityNumber = 9, Body = new() { StringValue = "said" } } } } },
                    },
                },
            }.ToByteArray(),
            _ => new MetricsRequest
            {
                ResourceMetrics =
                {
                    new ResourceMetrics
                    {
                        Resource = Named(service),
                        ScopeMetrics = { new ScopeMetrics { Metrics = { new Metric { Name = "m", Gauge = new() { DataPoints = { new NumberDataPoint { TimeUnixNano = time, AsInt = 1 } } } } } } },
                    },
                },
            }.ToByteArray(),
        };
    }

    public static byte[] Spans(string service, AnyValue value)
    {
        var span = Span("work", Now);
        span.Attributes.Add(new KeyValue { Key = "name", Value = value });
        span.Events.Add(new SpanEvent { Name = "exception", TimeUnixNano = span.StartTimeUnixNano, Attributes = { new KeyValue { Key = "exception.type", Value = new() { StringValue = "Broken" } } } });
        span.Links.Add(new SpanLink { TraceId = span.TraceId, SpanId = span.SpanId });
        return new TraceRequest { ResourceSpans = { Resource(service, span) } }.ToByteArray();
    }

    public static ResourceSpans Resource(string service, params Span[] spans) => new() { Resource = Named(service), ScopeSpans = { new ScopeSpans { Spans = { spans } } } };

    public static Resource Named(string service) => new() { Attributes = { new KeyValue { Key = "service.name", Value = new() { StringValue = service } } } };

    public static Span Span(string name, DateTimeOffset at)
    {
        var time = (ulong)at.ToUnixTimeMilliseconds() * 1_000_000;
        return new()
        {
            TraceId = ByteString.CopyFrom(Guid.CreateVersion7().ToByteArray()),
            SpanId = ByteString.CopyFrom(Guid.CreateVersion7().ToByteArray()[8..]),
            Name = name,
            Kind = SpanKind.Server,
            StartTimeUnixNano = time,
            EndTimeUnixNano = time + 1_000_000,
        };
    }

    public static AnyValue Deep(int levels) =>
        levels == 0 ? new() { StringValue = "end" } : new() { ArrayValue = new() { Values = { Deep(levels - 1) } } };
}
