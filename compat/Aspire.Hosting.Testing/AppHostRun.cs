using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Hosting;

namespace Expo.NativeHosting;

/// <summary>
/// Runs an AppHost's entry point on a thread of its own and stands between it and its builder: the test builds, starts and ends the application.
/// </summary>
internal sealed class AppHostRun(Assembly appHost, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuildObserver
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> modelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<IDistributedApplicationTestingBuilder> StartAsync(
        Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure, CancellationToken ct)
    {
        var run = new AppHostRun(appHost, configure);
        new Thread(() => run.Enter(args)) { IsBackground = true, Name = $"Entry point of {appHost.GetName().Name}" }.Start();
        var builder = await run.modelled.Task.WaitAsync(ct).ConfigureAwait(false);
        return new TestingBuilder(builder, run.BuildAsync, run.Leave);
    }

    public override void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName = appHost.GetName().Name;
        TestDefaults.Apply(options, settings);
        configure(options, settings);
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
        modelled.TrySetResult(builder);
        mayBuild.Task.GetAwaiter().GetResult();
    }

    public override void Built(DistributedApplication application) => built.TrySetResult(application);

    public override Task RunByOthersAsync(CancellationToken ct) => ended.Task.WaitAsync(ct);

    public override void Disposed() => ended.TrySetResult();

    private Task<DistributedApplication> BuildAsync(CancellationToken ct)
    {
        mayBuild.TrySetResult();
        return built.Task.WaitAsync(ct);
    }

    // A builder that is never built lets its entry point go.
    private void Leave() => mayBuild.TrySetCanceled();

    private void Enter(string[] args)
    {
        Current = this;
        Exception failure = new InvalidOperationException($"The entry point of {appHost.GetName().Name} ended without building an application.");
        try
        {
            var entryPoint = appHost.EntryPoint ?? throw new InvalidOperationException($"{appHost.GetName().Name} has no entry point.");
            entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            failure = inner;
        }
        catch (InvalidOperationException e)
        {
            failure = e;
        }

        modelled.TrySetException(failure);
        built.TrySetException(failure);
    }
}

/// <summary>An application made in the test itself.</summary>
internal sealed class StandaloneRun(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuildObserver
{
    public static IDistributedApplicationTestingBuilder Start(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var before = Current;
        Current = new StandaloneRun(configure);
        try
        {
            var builder = new DistributedApplicationBuilder(args);
            return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => { });
        }
        finally
        {
            Current = before;
        }
    }

    public override void Creating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        TestDefaults.Apply(options, settings);
        configure(options, settings);
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
        // The test builds when it wants to.
    }

    public override void Built(DistributedApplication application)
    {
        // It is returned to the test.
    }

    public override Task RunByOthersAsync(CancellationToken ct) => throw new InvalidOperationException("Start the application with StartAsync.");

    public override void Disposed()
    {
        // Nobody waits.
    }
}
