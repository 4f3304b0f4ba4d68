using Expo.Dashboard.Api;
using Expo.Dashboard.Otlp;
using Expo.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Dashboard;

/// <summary>The dashboard's web server: the page and its API, and two doors for telemetry.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly WebApplication telemetry;

    private DashboardServer(WebApplication app, WebApplication telemetry) => (this.app, this.telemetry) = (app, telemetry);

    /// <summary>Where the page is.</summary>
    public string Url => Addresses(app).Single();

    /// <summary>Where to send OTLP over gRPC.</summary>
    public string OtlpGrpcUrl => Addresses(telemetry).First();

    /// <summary>Where to send OTLP over HTTP.</summary>
    public string OtlpHttpUrl => Addresses(telemetry).Last();

    /// <summary>Starts it.</summary>
    /// <param name="options">Where, and for whom.</param>
    /// <param name="map">Further routes of the page's server.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options, Action<WebApplication>? map = null, CancellationToken ct = default)
    {
        var app = Site(options, map);
        var telemetry = Telemetry(options, ActivatorUtilities.CreateInstance<OtlpReceiver>(app.Services, new OtlpKey(options.OtlpKey)));
        await telemetry.StartAsync(ct).ConfigureAwait(false);
        await app.StartAsync(ct).ConfigureAwait(false);
        return new(app, telemetry);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await telemetry.DisposeAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Site(DashboardOptions options, Action<WebApplication>? map)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(options.Address, options.Port));
        builder.Services.AddRouting();
        builder.Services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new TelemetryOptions { File = Path.Combine(options.Data, "telemetry.db"), Cap = options.Cap, MaxBytes = options.MaxBytes, Retention = options.Retention });
        builder.Services.AddSingleton(options.Logger);
        builder.Services.AddSingleton<TelemetryDatabase>().AddSingleton<Retention>().AddSingleton<TelemetryWriter>().AddSingleton<OtlpReading>();
        builder.Services.AddSingleton<TraceQueries>().AddSingleton<LogQueries>().AddSingleton<MetricQueries>().AddSingleton<ProblemQueries>().AddSingleton<LatestQueries>();
        var app = builder.Build();
        new DashboardAccess(options.BrowserToken).Use(app);
        app.UseApiProblems();
        app.UseRouting();
        app.MapTelemetryApi();
        app.MapPages();
        map?.Invoke(app);
        return app;
    }

    private static WebApplication Telemetry(DashboardOptions options, OtlpReceiver receiver)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // The receiver says itself what is too large, in the protocol's words.
            kestrel.Limits.MaxRequestBodySize = null;
            // Without TLS a port speaks either HTTP/2 or HTTP/1.1.
            kestrel.Listen(options.Address, options.OtlpGrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(options.Address, options.OtlpHttpPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRouting();
        var app = builder.Build();
        app.UseRouting();
        receiver.Map(app);
        return app;
    }

    private static ICollection<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
}
