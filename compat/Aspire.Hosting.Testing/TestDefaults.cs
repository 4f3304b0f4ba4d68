using Aspire.Hosting;
using Microsoft.Extensions.Hosting;

namespace Expo.NativeHosting;

/// <summary>What every application of a test gets: random ports, a data directory of its own that goes away, no waiting for what cannot come.</summary>
internal static class TestDefaults
{
    public static void Apply(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        var data = Path.Combine(Path.GetTempPath(), $"expo-apphost-{Guid.CreateVersion7():n}");
        // First, so that a test's own arguments win.
        options.Args = ["--DcpPublisher:RandomizePorts=true", $"--Expo:Data={data}", "--Expo:DataIsTemporary=true", .. options.Args ?? []];
        options.DisableDashboard = true;
        settings.EnvironmentName ??= Environments.Development;
    }
}
