using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Expo.ServiceDefaults;

/// <summary>Traces, metrics and logs over OTLP. Service name and instance come from OTEL_* variables, so nothing here names the service.</summary>
internal static class Telemetry
{
    private static readonly string[] Sources =
        ["Expo.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "MassTransit", "Marten", "Yarp.ReverseProxy"];

    private static readonly string[] Meters =
        ["Expo.*", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime", "Npgsql", "MassTransit", "Marten"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Each request has its span; a log line for each as well would only cost time and hide what matters.
        foreach (var chatty in (string[])["Microsoft.AspNetCore", "System.Net.Http.HttpClient", "Yarp.ReverseProxy"])
        {
            builder.Logging.AddFilter(chatty, LogLevel.Warning);
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource([builder.Environment.ApplicationName, .. Sources]))
            .WithMetrics(metrics => metrics.AddMeter([builder.Environment.ApplicationName, .. Meters]));

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
