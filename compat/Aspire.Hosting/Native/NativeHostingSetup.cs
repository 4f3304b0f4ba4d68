using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>The services behind an application that runs as native processes.</summary>
internal static class NativeHostingSetup
{
    // Long enough for every resource to use its own time, one after the other.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromMinutes(3);

    public static void AddNativeHosting(
        this HostApplicationBuilder host, DistributedApplicationBuilder builder, DistributedApplicationOptions options, bool console)
    {
        var services = host.Services;
        var data = DataDirectory.Choose(host.Configuration, builder.AppHostDirectory);
        host.Configuration["Expo:Secrets"] = data.Secrets.Path;
        services.AddSingleton(data);
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<ResourceLoggerService, OwnedLoggerService>();
        services.AddSingleton<ResourceCommandService>();
        services.AddSingleton<EndpointTable>();
        services.AddSingleton<LaunchPlanner>();
        services.AddSingleton<LifecycleFactory>();
        services.AddSingleton<StateTeller>();
        services.AddSingleton<CommandRun>();
        services.AddSingleton<Secrets>();
        services.AddSingleton<ControlEndpoint>();
        services.AddSingleton(options);
        services.AddSingleton<Dashboard>();
        services.AddSingleton<Orchestrator>();
        services.AddHostedService(s => s.GetRequiredService<Orchestrator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks();
        services.AddHttpClient(nameof(EndpointHealthCheck));
        services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTime);
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.Configure<ResourceNotificationServiceOptions>(o => o.DefaultWaitBehavior =
            options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);

        host.Logging.ClearProviders();
        host.Logging.AddFilter("Microsoft", LogLevel.None).AddFilter("System.Net.Http", LogLevel.None);
        if (console)
        {
            host.Logging.AddConsole(o => o.FormatterName = BriefConsoleFormatter.FormatterName)
                .AddConsoleFormatter<BriefConsoleFormatter, BriefConsoleFormatter.Settings>();
        }
    }
}

/// <summary>Ends the logs with the container; upstream's service is nobody's to dispose.</summary>
internal sealed class OwnedLoggerService : ResourceLoggerService, IDisposable
{
    public void Dispose() => Complete();
}
