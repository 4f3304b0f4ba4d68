using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Expo.Dashboard.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>The AppHost's commands over loopback HTTP, for whoever can read the token: <c>./expo restart NAME</c>.</summary>
internal sealed class ControlEndpoint(CommandRun commands, ResourceNotificationService notifications, DataDirectory data)
{
    private const int TokenBytes = 32;
    private readonly byte[] authorization = Encoding.ASCII.GetBytes($"Bearer {RandomNumberGenerator.GetHexString(TokenBytes * 2, lowercase: true)}");
    private WebApplication? app;

    /// <summary>Listens on a random port and writes where and with which token.</summary>
    public async Task StartAsync(Orchestrator orchestrator, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        app = builder.Build();
        app.Use(AuthorizeAsync);
        app.MapGet("/resources", () => TypedResults.Json(orchestrator.Lifecycles.Select(Describe)));
        app.MapPost("/resources/{name}/{command}", ExecuteAsync);
        await app.StartAsync(ct).ConfigureAwait(false);

        var token = Encoding.ASCII.GetString(authorization)["Bearer ".Length..];
        PrivateFile.Write(data.AppHostFile, JsonSerializer.Serialize(new { url = app.Urls.Single(), token, pid = Environment.ProcessId }));
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            File.Delete(data.AppHostFile);
            await app.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AuthorizeAsync(HttpContext http, RequestDelegate next)
    {
        // Compared in constant time; the length of a token is no secret.
        var given = Encoding.ASCII.GetBytes(http.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, authorization))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await next(http).ConfigureAwait(false);
    }

    private async Task<IResult> ExecuteAsync(string name, string command, CancellationToken ct)
    {
        var result = await commands.ExecuteAsync(name, command, ct).ConfigureAwait(false);
        return TypedResults.Json(new { message = result.Message }, statusCode: result.End switch
        {
            CommandEnd.Done => StatusCodes.Status200OK,
            CommandEnd.Unknown => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status409Conflict,
        });
    }

    private object Describe(ResourceLifecycle lifecycle)
    {
        var snapshot = notifications.TryGetCurrentState(lifecycle.Resource.Name, out var known) ? known.Snapshot : null;
        return new
        {
            name = lifecycle.Resource.Name,
            type = snapshot?.ResourceType,
            state = snapshot?.State?.Text,
            health = snapshot?.HealthStatus?.ToString(),
            exitCode = snapshot?.ExitCode,
            urls = snapshot?.Urls.Select(u => u.Url) ?? [],
            pids = lifecycle.ProcessIds,
            log = data.LogOf(lifecycle.Resource.Name),
        };
    }
}
