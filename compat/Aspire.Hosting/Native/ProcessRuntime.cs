using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Expo.NativeServers;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>A project or a program: one process, or one per replica, behind the proxies of its endpoints.</summary>
internal sealed class ProcessRuntime(
    IResource resource,
    LaunchPlanner planner,
    EndpointTable endpoints,
    Reaper reaper,
    ResourceNotificationService notifications,
    RestartPolicy policy,
    TimeProvider time,
    ILogger logger,
    Action<OutputLine> output)
    : IResourceRuntime
{
    private const string InstanceLetters = "abcdefghijkmnpqrstuvwxyz";
    private const int InstanceLength = 8;

    public async Task<IRunning> StartAsync(CancellationToken ct)
    {
        var plan = await planner.PlanAsync(resource, logger, ct).ConfigureAwait(false);
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            EnvironmentVariables = [.. plan.Environment.Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, IsFromSpec: true))],
        }).ConfigureAwait(false);
        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        return new RunningProcesses(replicas, () => Start(plan, replicas), policy, time, logger);
    }

    private RunningProcess Start(LaunchPlan plan, int replicas)
    {
        var instance = RandomNumberGenerator.GetString(InstanceLetters, InstanceLength);
        var bindings = resource.Annotations.OfType<EndpointAnnotation>().Select(e => (Endpoint: e, Port: e.TargetPort ?? Ports.Free())).ToList();
        var environment = plan.Environment.ToDictionary(v => v.Key, v => (string?)v.Value);
        if (resource is ProjectResource)
        {
            AddProjectVariables(environment, bindings, instance);
        }

        foreach (var (endpoint, port) in bindings.Where(b => b.Endpoint.TargetPortEnvironmentVariable is not null))
        {
            environment[endpoint.TargetPortEnvironmentVariable!] = port.ToString(CultureInfo.InvariantCulture);
        }

        var prefix = replicas > 1 ? $"[{instance}] " : "";
        var process = NativeProcess.Start(
            new(resource.Name, plan.FileName, plan.Arguments, environment, plan.WorkingDirectory),
            reaper,
            line => output(line with { Text = prefix + line.Text }));
        return new(process, instance, [.. bindings.Select(b => (endpoints.ProxyOf(b.Endpoint), new IPEndPoint(IPAddress.Loopback, b.Port)))]);
    }

    private static void AddProjectVariables(Dictionary<string, string?> environment, List<(EndpointAnnotation Endpoint, int Port)> bindings, string instance)
    {
        var addresses = bindings.Where(b => b.Endpoint.UriScheme is "http" or "https")
            .Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Endpoint.UriScheme}://{b.Endpoint.TargetHost}:{b.Port}"));
        if (bindings.Count > 0)
        {
            environment.TryAdd("ASPNETCORE_URLS", string.Join(';', addresses));
        }

        if (bindings.FirstOrDefault(b => b.Endpoint.UriScheme == "https").Endpoint is { AllocatedEndpoint.Port: var https })
        {
            environment.TryAdd("ASPNETCORE_HTTPS_PORT", https.ToString(CultureInfo.InvariantCulture));
        }

        environment.TryAdd("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instance}");
        environment.TryAdd("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        environment.TryAdd("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fffZ ");
        environment.TryAdd("LOGGING__CONSOLE__FORMATTEROPTIONS__USEUTCTIMESTAMP", "true");
        environment.TryAdd("LOGGING__CONSOLE__FORMATTEROPTIONS__SINGLELINE", "true");
    }
}

/// <summary>One process and its places behind the proxies.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);
    private readonly NativeProcess process;
    private readonly IReadOnlyList<(EndpointProxy? Proxy, IPEndPoint Target)> places;

    public RunningProcess(NativeProcess process, string name, IReadOnlyList<(EndpointProxy? Proxy, IPEndPoint Target)> places)
    {
        this.process = process;
        Name = name;
        this.places = places;
        foreach (var (proxy, target) in places)
        {
            proxy?.Add(target);
        }

        Exited = LeaveAsync();
    }

    public int Id => process.Id;

    /// <summary>As its lines and its telemetry name it.</summary>
    public string Name { get; }

    public Task<int> Exited { get; }

    /// <summary>No new connections, then a request to stop: what it is doing it may finish.</summary>
    public async Task StopAsync()
    {
        Leave();
        await process.StopAsync(Signal.Terminate, StopTime).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<int> LeaveAsync()
    {
        var exitCode = await process.Exited.ConfigureAwait(false);
        Leave();
        return exitCode;
    }

    private void Leave()
    {
        foreach (var (proxy, target) in places)
        {
            proxy?.Remove(target);
        }
    }
}

/// <summary>All replicas of a resource; it runs as long as one of them does, and meanwhile each that failed starts again if the policy says so.</summary>
internal sealed partial class RunningProcesses : IRunning
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Func<RunningProcess> start;
    private readonly RestartPolicy policy;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly RunningProcess[] processes;
    private int restarts;

    public RunningProcesses(int replicas, Func<RunningProcess> start, RestartPolicy policy, TimeProvider time, ILogger logger)
    {
        (this.start, this.policy, this.time, this.logger) = (start, policy, time, logger);
        processes = [.. Enumerable.Range(0, replicas).Select(_ => start())];
        Exited = WorstAsync();
    }

    public IReadOnlyList<Instance> Instances => [.. Alive.Select(p => new Instance(p.Name, p.Id))];

    public int Restarts => restarts;

    public Task<int> Exited { get; }

    private IEnumerable<RunningProcess> Alive
    {
        get
        {
            lock (gate)
            {
                return [.. processes.Where(p => !p.Exited.IsCompleted)];
            }
        }
    }

    public async Task StopAsync()
    {
        lock (gate)
        {
            ending.Cancel();
        }

        await Task.WhenAll(Alive.Select(p => p.StopAsync())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }

        ending.Dispose();
    }

    private async Task<int> WorstAsync() => (await Task.WhenAll(Enumerable.Range(0, processes.Length).Select(KeepAsync)).ConfigureAwait(false)).Max();

    private async Task<int> KeepAsync(int index)
    {
        var pace = new RestartPace(policy);
        while (true)
        {
            var process = processes[index];
            var since = time.GetTimestamp();
            var exitCode = await process.Exited.ConfigureAwait(false);
            if (!Alive.Any())
            {
                // The last one: now it is the resource that has ended.
                await ending.CancelAsync().ConfigureAwait(false);
            }

            if (exitCode == 0 || ending.IsCancellationRequested || pace.Next(time.GetElapsedTime(since)) is not { } pause)
            {
                return exitCode;
            }

            StartsAgain(logger, process.Name, exitCode, pause.TotalSeconds);
            await Task.Delay(pause, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (gate)
            {
                if (ending.IsCancellationRequested)
                {
                    return exitCode;
                }

                processes[index] = start();
                restarts++;
            }

            await process.DisposeAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Instance} ended with {ExitCode} and starts again in {Seconds} s.")]
    private static partial void StartsAgain(ILogger logger, string instance, int exitCode, double seconds);
}
