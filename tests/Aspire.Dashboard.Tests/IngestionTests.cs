using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Expo.Dashboard.Tests;

/// <summary>The real exporter sends, over both protocols.</summary>
public sealed partial class IngestionTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task A_trace_arrives_with_its_spans_their_attributes_and_its_exception(OtlpExportProtocol protocol)
    {
        var service = $"sender-{protocol}";
        using var source = new ActivitySource(service);
        string traceId;
        using (Sdk.CreateTracerProviderBuilder().AddSource(service).ConfigureResource(r => r.AddService(service)).AddOtlpExporter(o => Send(o, protocol, "traces")).Build())
        {
            using var outer = source.StartActivity("PUT /jobs/{id}", ActivityKind.Server)!;
            using (var inner = source.StartActivity("insert job", ActivityKind.Client)!)
            {
                inner.SetTag("db.system", "postgresql");
                inner.AddException(new InvalidOperationException("It broke."));
                inner.SetStatus(ActivityStatusCode.Error, "It broke.");
            }

            outer.SetStatus(ActivityStatusCode.Error);
            traceId = outer.TraceId.ToHexString();
        }

        var list = await dashboard.Eventually($"/api/telemetry/traces?source={service}", answer => answer.GetArrayLength() == 1);
        Assert.Equal("PUT /jobs/{id}", list[0].GetProperty("name").GetString());
        Assert.Equal((2, 1), (list[0].GetProperty("spans").GetInt32(), list[0].GetProperty("failures").GetInt32()));

        var spans = (await dashboard.Get($"/api/telemetry/traces/{traceId}")).GetProperty("spans");
        var child = spans.EnumerateArray().Single(span => span.GetProperty("name").GetString() == "insert job");
        Assert.Equal("postgresql", child.GetProperty("attributes").GetProperty("db.system").GetString());
        Assert.Equal("client", child.GetProperty("kind").GetString());
        Assert.Contains("It broke.", child.GetProperty("events")[0].GetProperty("attributes").GetProperty("exception.message").GetString());
        Assert.Equal(1, (await dashboard.Get($"/api/telemetry/traces?source={service}&text=postgresql&failed=true")).GetArrayLength());
        Assert.Equal(0, (await dashboard.Get($"/api/telemetry/traces?source={service}&text=oracle")).GetArrayLength());
        Assert.Equal(1, (await dashboard.Get($"/api/telemetry/spans?source={service}&attribute=db.system:postgresql")).GetArrayLength());
        Assert.Equal(0, (await dashboard.Get($"/api/telemetry/spans?source={service}&attribute=db.system:mysql")).GetArrayLength());
        Assert.Equal(1, (await dashboard.Get($"/api/telemetry/traces?source={service}&attribute=db.system:postgresql")).GetArrayLength());
        Assert.Equal(0, (await dashboard.Get($"/api/telemetry/traces?source={service}&attribute=db.system:mysql")).GetArrayLength());
        Assert.Equal(0, (await dashboard.Get($"/api/telemetry/traces?source={service}&longer=60000")).GetArrayLength());
        Assert.Equal(service, list[0].GetProperty("sources")[0].GetString());
        var problems = (await dashboard.Get("/api/telemetry/problems")).EnumerateArray().Single(p => p.GetProperty("source").GetString() == service);
        Assert.Equal((1, 1, 1), (problems.GetProperty("failedSpans").GetInt32(), problems.GetProperty("traces").GetInt32(), problems.GetProperty("failedTraces").GetInt32()));
    }

    [Fact]
    public async Task A_refusal_that_is_passed_on_is_a_failure_of_nobody()
    {
        using var source = new ActivitySource("passing-on");
        using (Sdk.CreateTracerProviderBuilder().AddSource("passing-on").ConfigureResource(r => r.AddService("passing-on")).AddOtlpExporter(o => Send(o, OtlpExportProtocol.Grpc, "traces")).Build())
        {
            foreach (var (status, failure) in (IEnumerable<(int, ActivityStatusCode)>)[(404, ActivityStatusCode.Unset), (503, ActivityStatusCode.Error)])
            {
                // As the conventions say: the client's 4xx is an error, the server's is none.
                using var asked = source.StartActivity($"GET {status}", ActivityKind.Server)!;
                asked.SetStatus(failure);
                using var asks = source.StartActivity("GET", ActivityKind.Client)!;
                asks.SetTag("http.response.status_code", status);
                asks.SetStatus(ActivityStatusCode.Error);
            }
        }

        var traces = await dashboard.Eventually("/api/telemetry/traces?source=passing-on", answer => answer.GetArrayLength() == 2);
        Assert.Equal(["GET 404 0", "GET 503 1"], traces.EnumerateArray().Select(trace => $"{trace.GetProperty("name").GetString()} {trace.GetProperty("failures").GetInt32()}").Order());
        var problems = (await dashboard.Get("/api/telemetry/problems")).EnumerateArray().Single(p => p.GetProperty("source").GetString() == "passing-on");
        Assert.Equal((1, 2, 1), (problems.GetProperty("failedSpans").GetInt32(), problems.GetProperty("traces").GetInt32(), problems.GetProperty("failedTraces").GetInt32()));
        var details = await dashboard.Get("/api/telemetry/spans?source=passing-on&attribute=http.response.status_code:404");
        Assert.True(Assert.Single(details.EnumerateArray()).GetProperty("failed").GetBoolean(), "the span is told as it was sent");
    }

    [Fact]
    public async Task A_query_that_no_request_asked_for_is_hidden_unless_it_failed()
    {
        using var source = new ActivitySource("polling");
        using (Sdk.CreateTracerProviderBuilder().AddSource("polling").ConfigureResource(r => r.AddService("polling")).AddOtlpExporter(o => Send(o, OtlpExportProtocol.Grpc, "traces")).Build())
        {
            foreach (var status in (ActivityStatusCode[])[ActivityStatusCode.Unset, ActivityStatusCode.Error])
            {
                using var poll = source.StartActivity($"poll {status}", ActivityKind.Client)!;
                poll.SetTag("db.system.name", "postgresql");
                poll.SetStatus(status);
            }
        }

        await dashboard.Eventually("/api/telemetry/traces?source=polling&noise=true", answer => answer.GetArrayLength() == 2);
        var shown = Assert.Single((await dashboard.Get("/api/telemetry/traces?source=polling")).EnumerateArray());
        Assert.Equal("poll Error", shown.GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_a_library_begins_by_itself_is_hidden_with_all_that_belongs_to_it_unless_something_in_it_failed()
    {
        using var daemon = new ActivitySource("Marten");
        using var driver = new ActivitySource("quiet-driver");
        using (Sdk.CreateTracerProviderBuilder().AddSource("Marten", "quiet-driver").ConfigureResource(r => r.AddService("quiet")).AddOtlpExporter(o => Send(o, OtlpExportProtocol.Grpc, "traces")).Build())
        {
            foreach (var status in (ActivityStatusCode[])[ActivityStatusCode.Unset, ActivityStatusCode.Error])
            {
                using var page = daemon.StartActivity($"page {status}")!;
                page.SetStatus(status);
                using var query = driver.StartActivity($"query {status}", ActivityKind.Client)!;
            }
        }

        await dashboard.Eventually("/api/telemetry/traces?source=quiet&noise=true", answer => answer.GetArrayLength() == 2);
        Assert.Equal("page Error", Assert.Single((await dashboard.Get("/api/telemetry/traces?source=quiet")).EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(4, (await dashboard.Get("/api/telemetry/spans?source=quiet&noise=true")).GetArrayLength());
        Assert.Equal(
            ["page Error", "query Error"],
            (await dashboard.Get("/api/telemetry/spans?source=quiet")).EnumerateArray().Select(span => span.GetProperty("name").GetString()!).Order());
    }

    [Fact]
    public async Task A_log_arrives_with_its_severity_and_attributes()
    {
        using (var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("logging"));
            options.AddOtlpExporter(o => Send(o, OtlpExportProtocol.HttpProtobuf, "logs"));
        })))
        {
            var logger = factory.CreateLogger("Expo.Booths");
            Held(logger, "A12");
            Refused(logger, "B7");
        }

        var logs = await dashboard.Eventually("/api/telemetry/logs?source=logging", answer => answer.GetArrayLength() == 2);
        Assert.Equal("Booth B7 was refused", logs[0].GetProperty("message").GetString());
        Assert.Equal("B7", logs[0].GetProperty("attributes").GetProperty("Booth").GetString());
        Assert.Equal("Expo.Booths", logs[0].GetProperty("scope").GetString());
        var warnings = await dashboard.Get("/api/telemetry/logs?source=logging&failed=true");
        Assert.Equal("Booth B7 was refused", Assert.Single(warnings.EnumerateArray()).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_histogram_becomes_percentiles_and_a_counter_a_rate()
    {
        using var meter = new Meter("Expo.Sample");
        var durations = meter.CreateHistogram<double>("duration", "s", null, [], new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4] });
        var hits = meter.CreateCounter<long>("hits");
        using (var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Expo.Sample").ConfigureResource(r => r.AddService("measuring"))
            .AddOtlpExporter((o, reader) => Send(o, OtlpExportProtocol.Grpc, "metrics")).Build())
        {
            durations.Record(0.5, new KeyValuePair<string, object?>("hall", "1"));
            hits.Add(1);
            provider.ForceFlush();
            for (var i = 0; i < 100; i++)
                durations.Record(1.5, new KeyValuePair<string, object?>("hall", "1"));
            hits.Add(100);
            provider.ForceFlush();
        }

        var instruments = await dashboard.Eventually("/api/telemetry/instruments", answer => answer.EnumerateArray().Count(i => IsOurs(i)) == 2);
        var histogram = instruments.EnumerateArray().Single(i => IsOurs(i) && i.GetProperty("name").GetString() == "duration");
        var lines = await dashboard.Eventually(
            $"/api/telemetry/instruments/{histogram.GetProperty("id").GetInt64()}", answer => answer.GetProperty("lines").GetArrayLength() == 3 && answer.GetProperty("lines")[0].GetProperty("values").GetArrayLength() >= 1);
        var median = lines.GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("percentile").GetString() == "p50");
        Assert.Equal(1.5, median.GetProperty("values")[0].GetDouble(), 3);

        var hit = Assert.Single((await dashboard.Get("/api/telemetry/latest?name=hits&name=nothing")).EnumerateArray());
        Assert.Equal((101, 101), (hit.GetProperty("value").GetInt32(), hit.GetProperty("added").GetInt32()));
    }

    [Fact]
    public async Task Telemetry_without_the_key_is_refused()
    {
        using var client = dashboard.Stranger();
        using var content = new ByteArrayContent([]) { Headers = { ContentType = new("application/x-protobuf") } };
        var answer = await client.PostAsync(new Uri(dashboard.Server.OtlpHttpUrl + "/v1/traces"), content, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static bool IsOurs(System.Text.Json.JsonElement instrument) => instrument.GetProperty("source").GetString() == "measuring";

    private void Send(OtlpExporterOptions options, OtlpExportProtocol protocol, string signal)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? new Uri(dashboard.Server.OtlpGrpcUrl) : new Uri($"{dashboard.Server.OtlpHttpUrl}/v1/{signal}");
        options.Headers = $"x-otlp-api-key={RunningDashboard.Key}";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Booth {Booth} is held")]
    private static partial void Held(ILogger logger, string booth);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Booth {Booth} was refused")]
    private static partial void Refused(ILogger logger, string booth);
}
