using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Expo.Bench.Dashboard;

/// <summary>Export requests as services send them, made beforehand by the real SDK and exporter: commands that pass gateway, service, database, broker and consumer.</summary>
public static partial class Exports
{
    /// <summary>How many spans or records a request holds, as the exporter sends them by default.</summary>
    public const int BatchSize = 512;

    private const string Gateway = "gateway";
    private const int Series = 200;
    private static readonly string[] Services = ["registration", "exhibition", "recruitment", "forum", "matchmaking"];

    /// <summary>Requests with at least so many spans in traces of 11 spans across three services.</summary>
    public static IReadOnlyList<byte[]> Spans(int count)
    {
        var senders = ((string[])[Gateway, .. Services]).ToDictionary(name => name, name => new SpanSender(name, count));
        for (var trace = 0; senders.Values.Sum(sender => sender.Sent) < count; trace++)
            Command(senders[Gateway], senders[Services[trace % Services.Length]], senders[Services[(trace + 1) % Services.Length]], trace);
        foreach (var sender in senders.Values)
            sender.Dispose();
        return [.. Shuffled(senders.Values.Select(sender => sender.Captured))];
    }

    /// <summary>One trace of so many spans: a command whose consumers write a lot.</summary>
    public static (string TraceId, IReadOnlyList<byte[]> Requests) Trace(int spans)
    {
        using var gateway = new SpanSender(Gateway, spans);
        using var senders = new SpanSender(Services[0], spans);
        using var root = gateway.Start("POST /api/{service}/{**rest}", ActivityKind.Server, Server("/api/registration/v1/organisations", 200))!;
        for (var sent = 1; sent < spans;)
        {
            using var consumer = senders.Start("OrganisationApproved process", ActivityKind.Consumer, Message(sent))!;
            sent++;
            for (var query = 0; query < 9 && sent < spans; query++, sent++)
                senders.Start("registration", ActivityKind.Client, Query(sent))?.Dispose();
        }

        root.Dispose();
        gateway.Dispose();
        senders.Dispose();
        return (root.TraceId.ToHexString(), [.. gateway.Captured, .. senders.Captured]);
    }

    /// <summary>Requests with at least so many log records.</summary>
    public static IReadOnlyList<byte[]> Logs(int count)
    {
        var captured = Services.Select(_ => new List<byte[]>()).ToArray();
        foreach (var (service, into) in Services.Zip(captured))
        {
            using var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.IncludeScopes = true;
                options.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(service, serviceInstanceId: "kqzvhxwp"));
                options.AddOtlpExporter((exporter, processor) =>
                {
                    Capture(exporter, into);
                    processor.BatchExportProcessorOptions = new() { MaxExportBatchSize = BatchSize, MaxQueueSize = count, ScheduledDelayMilliseconds = int.MaxValue };
                });
            }));
            var logger = factory.CreateLogger($"Expo.{service}.Consumers");
            for (var i = 0; i < count / Services.Length; i++)
            {
                using var activity = new Activity("consume").Start();
                var message = Guid.CreateVersion7();
                Handled(logger, service, message, i % 7, i);
            }
        }

        return [.. Shuffled(captured)];
    }

    /// <summary>Requests with at least so many points: distributions of five services in 200 series each.</summary>
    public static IReadOnlyList<byte[]> Points(int count)
    {
        var captured = new List<byte[]>();
        foreach (var service in Services)
        {
            using var meter = new Meter($"Expo.Bench.{service}");
            var durations = meter.CreateHistogram<double>("http.server.request.duration", "s", "How long requests take");
            using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).ConfigureResource(resource => resource.Clear().AddService(service, serviceInstanceId: "kqzvhxwp"))
                .AddOtlpExporter((exporter, reader) =>
                {
                    Capture(exporter, captured);
                    reader.PeriodicExportingMetricReaderOptions = new() { ExportIntervalMilliseconds = int.MaxValue };
                }).Build();
            for (var sent = 0; sent < count / Services.Length; sent += Series)
            {
                for (var series = 0; series < Series; series++)
                    durations.Record(series * 0.01, new KeyValuePair<string, object?>("http.route", $"/v1/items/{series}"), new("http.request.method", "PUT"), new("http.response.status_code", 200));
                provider.ForceFlush();
            }
        }

        return captured;
    }

    // A command as the platform handles it, and its message in another service.
    private static void Command(SpanSender gateway, SpanSender service, SpanSender consumer, int number)
    {
        using var server = gateway.Start("PUT /api/{service}/{**rest}", ActivityKind.Server, Server($"/api/{service.Name}/v1/items/{number}", 200));
        using var forward = gateway.Start("proxy.forwarder", ActivityKind.Internal, [new("proxy.route_id", service.Name), new("proxy.cluster_id", service.Name), new("proxy.destination_id", "0")]);
        using var client = gateway.Start("PUT", ActivityKind.Client,
            [new("http.request.method", "PUT"), new("server.address", "localhost"), new("server.port", 40_001), new("url.full", $"http://localhost:40001/v1/items/{number}"), new("http.response.status_code", 200), new("network.protocol.version", "1.1")]);
        using var handler = service.Start("PUT /v1/items/{id}", ActivityKind.Server, Server($"/v1/items/{number}", 200));
        service.Start(service.Name, ActivityKind.Client, Query(number))?.Dispose();
        using (service.Start("marten.save", ActivityKind.Internal, []))
            service.Start(service.Name, ActivityKind.Client, Query(number))?.Dispose();
        using var send = service.Start("ItemChanged send", ActivityKind.Producer, Message(number));
        using var receive = consumer.Start("ItemChanged process", ActivityKind.Consumer, Message(number));
        consumer.Start(consumer.Name, ActivityKind.Client, Query(number))?.Dispose();
        using (consumer.Start("marten.save", ActivityKind.Internal, []))
            consumer.Start(consumer.Name, ActivityKind.Client, Query(number))?.Dispose();
    }

    private static KeyValuePair<string, object?>[] Server(string path, int status) =>
    [
        new("http.request.method", "PUT"), new("url.scheme", "http"), new("url.path", path), new("server.address", "localhost"), new("server.port", 8080),
        new("http.route", "/v1/items/{id}"), new("http.response.status_code", status), new("network.protocol.version", "1.1"),
        new("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
    ];

    private static KeyValuePair<string, object?>[] Query(int number) =>
    [
        new("db.system.name", "postgresql"), new("db.namespace", "registration"), new("server.address", "127.0.0.1"), new("server.port", 40_432),
        new("db.query.text", "select d.data, d.mt_version from store.mt_doc_item as d where d.id = $1; update store.mt_streams set version = $2, timestamp = now() where id = $3 and version = $4 returning version"),
        new("db.npgsql.prepared", true), new("db.npgsql.connection_id", number),
    ];

    private static KeyValuePair<string, object?>[] Message(int number) =>
    [
        new("messaging.system", "rabbitmq"), new("messaging.operation", "send"), new("messaging.destination.name", "Expo.Contracts:ItemChanged"),
        new("messaging.message.id", Guid.CreateVersion7()), new("messaging.message.conversation_id", Guid.CreateVersion7()), new("messaging.masstransit.message_types", "urn:message:Expo.Contracts:ItemChanged"),
        new("messaging.message.body.size", 1_200 + (number % 100)),
    ];

    // The exporters' order is one sender after the other; on the wire they alternate.
    private static IEnumerable<byte[]> Shuffled(IEnumerable<IReadOnlyList<byte[]>> senders) =>
        senders.SelectMany(requests => requests.Select((request, place) => (request, place: (double)place / requests.Count))).OrderBy(one => one.place).Select(one => one.request);

    private static void Capture(OtlpExporterOptions options, List<byte[]> into)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri("http://nowhere.invalid/");
        options.HttpClientFactory = () => new HttpClient(new Capturing(into));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Consumed {Queue} {MessageId} at attempt {Attempt} after {Milliseconds} ms")]
    private static partial void Handled(ILogger logger, string queue, Guid messageId, int attempt, int milliseconds);

    /// <summary>A service's tracing, whose requests are kept instead of sent.</summary>
    private sealed class SpanSender : IDisposable
    {
        private readonly ActivitySource source;
        private readonly TracerProvider provider;
        private bool ended;

        public SpanSender(string name, int most)
        {
            (Name, source) = (name, new($"Expo.Bench.{name}"));
            provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name)
                .ConfigureResource(resource => resource.Clear().AddService(name, serviceInstanceId: "kqzvhxwp"))
                .AddOtlpExporter(exporter =>
                {
                    Capture(exporter, Captured);
                    exporter.BatchExportProcessorOptions = new() { MaxExportBatchSize = BatchSize, MaxQueueSize = Math.Max(most, BatchSize), ScheduledDelayMilliseconds = int.MaxValue };
                }).Build();
        }

        public string Name { get; }

        public int Sent { get; private set; }

        public List<byte[]> Captured { get; } = [];

        public Activity? Start(string name, ActivityKind kind, KeyValuePair<string, object?>[] tags)
        {
            var activity = source.StartActivity(name, kind);
            foreach (var (key, value) in tags)
                activity?.SetTag(key, value);
            Sent++;
            return activity;
        }

        public void Dispose()
        {
            if (ended) return;
            ended = true;
            provider.Dispose();
            source.Dispose();
        }
    }

    private sealed class Capturing(List<byte[]> into) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = request.Content!.ReadAsStream(cancellationToken);
            using var bytes = new MemoryStream();
            body.CopyTo(bytes);
            into.Add(bytes.ToArray());
            return new(System.Net.HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }
}
