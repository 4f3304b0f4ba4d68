using System.Text.Json;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>The built sample projects.</summary>
internal static class Sample
{
    /// <summary>The service, as the generated class says.</summary>
    public static string Service { get; } = new Projects.SampleService().TargetPath;

    /// <summary>The AppHost as a program of its own.</summary>
    public static string AppHost { get; } = Service.Replace("SampleService", "SampleAppHost", StringComparison.Ordinal);

    /// <summary>A file that does not exist yet.</summary>
    public static string NewFile() => Path.Combine(Path.GetTempPath(), $"expo-{Guid.CreateVersion7():n}");

    /// <summary>Asks an AppHost as <c>./expo restart</c> does.</summary>
    public static async Task<HttpClient> ControlAsync(string data, CancellationToken ct)
    {
        var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(data, "apphost.json"), ct)).RootElement;
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new(file.GetProperty("url").GetString()!) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", file.GetProperty("token").GetString());
        return client;
    }

    /// <summary>Adds the service with an address and a health check.</summary>
    public static IResourceBuilder<ProjectResource> AddSample(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Projects.SampleService>(name).WithHttpEndpoint().WithHttpHealthCheck("/health");
}

/// <summary>Waits for a condition with a deadline.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, TimeSpan deadline, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!condition())
        {
            await pace.WaitForNextTickAsync(limit.Token);
        }
    }
}

/// <summary>A clock whose timers are early, so that a test need not wait for minutes.</summary>
internal sealed class HastyTime(int times) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

    private TimeSpan Sooner(TimeSpan time) => time > TimeSpan.Zero ? time / times : time;
}
