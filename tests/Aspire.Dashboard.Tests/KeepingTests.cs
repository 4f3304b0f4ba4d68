using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Expo.Dashboard.Tests;

/// <summary>What is kept, and what goes.</summary>
public sealed class KeepingTests
{
    [Fact]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        var dashboard = new RunningDashboard();
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        Send(dashboard, "before", 3);
        await dashboard.Eventually("/api/telemetry/traces?source=before", traces => traces.GetArrayLength() == 3);

        await dashboard.Stop();
        await dashboard.InitializeAsync();

        Assert.Equal(3, (await dashboard.Get("/api/telemetry/traces?source=before")).GetArrayLength());
        Send(dashboard, "after", 1);
        await dashboard.Eventually("/api/telemetry/traces?source=after", traces => traces.GetArrayLength() == 1);
    }

    [Fact]
    public async Task Over_the_cap_the_oldest_go()
    {
        var dashboard = new RunningDashboard { Cap = 1_000 };
        await dashboard.InitializeAsync();
        await using var _ = dashboard;
        Send(dashboard, "old", 1_500);
        Send(dashboard, "new", 1_500);

        await dashboard.Eventually("/api/telemetry/traces?source=new&limit=1000", traces => traces.GetArrayLength() >= 950);
        Assert.Equal(0, (await dashboard.Eventually("/api/telemetry/traces?source=old", traces => traces.GetArrayLength() == 0)).GetArrayLength());
    }

    private static void Send(RunningDashboard dashboard, string service, int spans)
    {
        using var source = new ActivitySource(service);
        using var provider = Sdk.CreateTracerProviderBuilder().AddSource(service).ConfigureResource(r => r.AddService(service)).AddOtlpExporter(options =>
        {
            options.Protocol = OtlpExportProtocol.Grpc;
            options.Endpoint = new Uri(dashboard.Server.OtlpGrpcUrl);
            options.Headers = $"x-otlp-api-key={RunningDashboard.Key}";
        }).Build();
        for (var i = 0; i < spans; i++)
        {
            using (source.StartActivity("work"))
            {
            }

            if (i % 500 == 499)
                provider.ForceFlush(); // the exporter's own queue holds 2,048
        }
    }
}
