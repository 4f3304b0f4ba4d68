using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Expo.Platform.Tests.Platform))]

namespace Expo.Platform.Tests;

/// <summary>Everything the AppHost runs, started once for all tests, on random ports and data that goes away.</summary>
public sealed class Platform : IAsyncLifetime
{
    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(3);
    private DistributedApplication? app;

    /// <summary>The running application.</summary>
    public DistributedApplication App => app ?? throw new InvalidOperationException("The platform is not started.");

    /// <summary>A generated secret, such as <c>committee-password</c>.</summary>
    public async Task<string> SecretAsync(string name, CancellationToken ct)
    {
        var parameters = App.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ParameterResource>();
        return await parameters.Single(p => p.Name == name).GetValueAsync(ct) ?? "";
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartTime);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(limit.Token);
        app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }
}
