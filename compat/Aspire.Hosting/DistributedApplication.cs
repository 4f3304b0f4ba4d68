using Aspire.Hosting.ApplicationModel;
using Expo.NativeHosting;
using Expo.NativeServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>A distributed application, built.</summary>
public partial class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost host;
    private readonly BuildObserver? observer;

    public DistributedApplication(IHost host) : this(host, null)
    {
    }

    internal DistributedApplication(IHost host, BuildObserver? observer)
    {
        ArgumentNullException.ThrowIfNull(host);
        this.host = host;
        this.observer = observer;
    }

    public IServiceProvider Services => host.Services;
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    public virtual Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until Ctrl-C or SIGTERM; a start that cannot succeed is one line of explanation and exit code 1.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (observer is not null)
        {
            await observer.RunByOthersAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var logger = Services.GetRequiredService<ILogger<DistributedApplication>>();
        try
        {
            Publishing.Refuse(Services.GetRequiredService<IConfiguration>());
            await host.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DistributedApplicationException or DataInUseException or UnauthorizedAccessException or IOException)
        {
            CannotStart(logger, e.Message);
            System.Environment.ExitCode = 1;
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }

        observer?.Disposed();
        GC.SuppressFinalize(this);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private static partial void CannotStart(ILogger logger, string reason);
}
