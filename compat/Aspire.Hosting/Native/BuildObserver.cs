using Aspire.Hosting;
using Microsoft.Extensions.Hosting;

namespace Expo.NativeHosting;

/// <summary>Watches an AppHost's entry point build its application, for tests: they configure and start it instead of Program.cs.</summary>
internal abstract class BuildObserver
{
    private static readonly AsyncLocal<BuildObserver?> Ambient = new();

    public static BuildObserver? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The builder is about to be made.</summary>
    public abstract void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>The model is complete; returns when the application may be built.</summary>
    public abstract void Building(DistributedApplicationBuilder builder);

    /// <summary>The application is built.</summary>
    public abstract void Built(DistributedApplication application);

    /// <summary>Program.cs would run the application now; returns when somebody else has run it.</summary>
    public abstract Task RunByOthersAsync(CancellationToken ct);

    /// <summary>The application has ended.</summary>
    public abstract void Disposed();
}
