using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Expo.Gateway.Tests.Defaults;

public sealed class TelemetrySpecs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_metrics_and_logs_reach_the_collector_under_the_given_name()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await Host.Plain(app => app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(signal, Text(body), (_, earlier) => earlier + Text(body));
        }));

        await using (var service = await Host.WithDefaults(
            app => app.MapGet("/booths/{booth}", (string booth, ILogger<TelemetrySpecs> logger) => logger.LogWarning("Booth {Booth} seen", booth))
                .AllowAnonymous(),
            new Dictionary<string, string?>
            {
                ["Identity:Jwks"] = """{"keys":[]}""",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "booth-service",
                ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=abcdefgh",
            }))
        {
            using var client = service.Client();
            await client.GetAsync("/booths/A12", Ct);
            await service.StopAsync(Ct);

            // At its end it waits five seconds for what is not sent yet, which may be too short for the first time on a busy machine.
            Assert.True(service.Services.GetRequiredService<TracerProvider>().ForceFlush());
            Assert.True(service.Services.GetRequiredService<MeterProvider>().ForceFlush());
            Assert.True(service.Services.GetRequiredService<LoggerProvider>().ForceFlush());
        }

        Assert.Equal(["logs", "metrics", "traces"], received.Keys.Order());
        Assert.All(received.Values, payload => Assert.Contains("booth-service", payload, StringComparison.Ordinal));
        Assert.All(received.Values, payload => Assert.Contains("abcdefgh", payload, StringComparison.Ordinal));
        Assert.Contains("GET /booths/{booth}", received["traces"], StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", received["metrics"], StringComparison.Ordinal);
        Assert.Contains("Booth A12 seen", received["logs"], StringComparison.Ordinal);
    }

    private static string Text(MemoryStream body) => Encoding.UTF8.GetString(body.ToArray());
}
