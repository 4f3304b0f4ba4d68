using System.Net.Http.Headers;
using Expo.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.Gateway.Tests;

/// <summary>Starts small web applications on real sockets.</summary>
internal static class Host
{
    /// <summary>A process with the platform's defaults.</summary>
    public static Task<WebApplication> WithDefaults(
        Action<WebApplication> map, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? services = null) =>
        Start(builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.AddServiceDefaults();
            services?.Invoke(builder.Services);
        }, app =>
        {
            app.MapDefaultEndpoints();
            map(app);
        });

    /// <summary>A plain web application.</summary>
    public static Task<WebApplication> Plain(Action<WebApplication> map) => Start(_ => { }, map);

    public static HttpClient Client(this WebApplication app, string? token = null) => Client(app.Address(), token);

    public static HttpClient Client(Uri address, string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
        return client;
    }

    public static Uri Address(this WebApplication app) => new(app.Urls.Single());

    private static async Task<WebApplication> Start(Action<WebApplicationBuilder> configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        configure(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return app;
    }
}
