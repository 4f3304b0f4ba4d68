using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>A service sends its telemetry to whichever backend OpenTelemetry's own variables name; nothing of the dashboard is needed.</summary>
public sealed class OtherBackendTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("grpc", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/opentelemetry.proto.collector.logs.v1.LogsService/Export", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    [InlineData("http/protobuf", "/v1/traces", "/v1/logs", "/v1/metrics")]
    public async Task A_service_sends_traces_logs_and_metrics_where_the_variables_say(string protocol, params string[] wanted)
    {
        var received = new ConcurrentDictionary<string, (string Token, long Bytes)>();
        await using var backend = await BackendAsync(protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1, received);
        var start = new ProcessStartInfo("dotnet", [Sample.Service])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["OTEL_SERVICE_NAME"] = "sample",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = backend.Urls.Single(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-tenant=expo",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            },
        };
        using var service = Process.Start(start)!;
        try
        {
            var address = "";
            while (address.Length == 0 && await service.StandardOutput.ReadLineAsync(Ct) is { } line)
            {
                address = line.Contains("Now listening on: ", StringComparison.Ordinal) ? line[(line.IndexOf("http", StringComparison.Ordinal))..] : "";
            }

            using var client = new HttpClient(new SocketsHttpHandler());
            await client.GetStringAsync(new Uri($"{address}/pid"), Ct);

            await Eventually.TrueAsync(() => wanted.All(received.ContainsKey), TimeSpan.FromSeconds(60), Ct);
            Assert.All(wanted, path => Assert.True(received[path] is { Token: "expo", Bytes: > 5 }, $"{path}: {received[path]}"));
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync(Ct);
        }
    }

    private static async Task<WebApplication> BackendAsync(HttpProtocols protocols, ConcurrentDictionary<string, (string Token, long Bytes)> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        var app = builder.Build();
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            received[http.Request.Path] = (http.Request.Headers["x-tenant"].ToString(), body.Length);
            if (protocols == HttpProtocols.Http2)
            {
                http.Response.ContentType = "application/grpc";
                await http.Response.Body.WriteAsync(new byte[5], http.RequestAborted);
                http.Response.AppendTrailer("grpc-status", "0");
            }
        });
        await app.StartAsync(Ct);
        return app;
    }
}
