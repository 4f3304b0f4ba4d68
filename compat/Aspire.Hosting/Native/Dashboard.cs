using System.Net;
using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Expo.Dashboard;
using Expo.Dashboard.Operations;
using Expo.Dashboard.Resources;
using Expo.NativeServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>
/// Starts the dashboard before anything that sends it telemetry, and says where it is. Settings: <c>Dashboard:Port</c>,
/// <c>Dashboard:Address</c> (loopback unless told otherwise), <c>Dashboard:Cap</c>, <c>Dashboard:RetentionDays</c>, Aspire's own for token and OTLP, and
/// <c>Expo:Operations:SignIn</c> (a path), <c>UserName</c> and <c>PasswordParameter</c> for working on the services' operations.
/// </summary>
internal sealed partial class Dashboard(
    DistributedApplicationOptions options, DistributedApplicationModel model, IConfiguration configuration, DataDirectory data, IServiceProvider services,
    ILogger<DistributedApplication> logger)
    : IAsyncDisposable
{
    private const int DefaultPort = 18888;
    private const int DefaultCap = 100_000;
    private const int DefaultRetentionDays = 30;
    private const int KeyLength = 32;
    private const string OtlpUrl = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string OtlpHttpUrl = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string OtlpKey = "AppHost:OtlpApiKey";
    private DashboardServer? server;

    public async Task StartAsync(Orchestrator orchestrator, CancellationToken ct)
    {
        if (options.DisableDashboard)
        {
            return;
        }

        var token = configuration["AppHost:BrowserToken"] ?? configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"]
            ?? data.Secrets.GetOrAdd("AppHost:BrowserToken", NewKey);
        configuration[OtlpKey] ??= data.Secrets.GetOrAdd(OtlpKey, NewKey);
        var settings = new DashboardOptions
        {
            Data = data.Of("dashboard"),
            Address = IPAddress.Parse(configuration["Dashboard:Address"] ?? IPAddress.Loopback.ToString()),
            Port = configuration.GetValue("Dashboard:Port", DefaultPort),
            OtlpGrpcPort = PortOf(OtlpUrl),
            OtlpHttpPort = PortOf(OtlpHttpUrl),
            BrowserToken = token,
            OtlpKey = configuration[OtlpKey]!,
            Cap = configuration.GetValue("Dashboard:Cap", DefaultCap),
            Retention = TimeSpan.FromDays(configuration.GetValue("Dashboard:RetentionDays", DefaultRetentionDays)),
            Logger = logger,
        };
        try
        {
            var resources = ActivatorUtilities.CreateInstance<DashboardResources>(services, orchestrator);
            server = await DashboardServer.StartAsync(settings, app => Map(app, resources), ct).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(
                $"The dashboard cannot listen on port {settings.Port}: {PortOwner.Describe(settings.Port)} does. End it, or choose another port with Dashboard__Port.", e);
        }

        configuration[OtlpUrl] = server.OtlpGrpcUrl;
        configuration[OtlpHttpUrl] = server.OtlpHttpUrl;
        Listening(logger, server.Url, token);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Map(WebApplication app, DashboardResources resources)
    {
        app.MapResourceApi(resources);
        var operations = configuration.GetSection("Expo:Operations");
        if (operations["SignIn"] is { Length: > 0 } signIn && operations["UserName"] is { Length: > 0 } user
            && model.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == operations["PasswordParameter"]) is { } password)
        {
            app.MapOperationsApi(
                resources, new() { SignIn = signIn, UserName = user, Password = password.GetValueAsync },
                services.GetRequiredService<IHttpClientFactory>(), services.GetRequiredService<TimeProvider>());
        }
    }

    private int PortOf(string setting) => configuration[setting] is { Length: > 0 } url ? new Uri(url).Port : 0;

    private static string NewKey() => RandomNumberGenerator.GetHexString(KeyLength, lowercase: true);

    [LoggerMessage(Level = LogLevel.Information, Message = "Login to the dashboard at {Url}/login?t={Token}")]
    private static partial void Listening(ILogger logger, string url, string token);
}
