using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Expo.NativeServers;

namespace Expo.NativeHosting;

/// <summary>A RabbitMQ broker as a native process; it counts as running once it speaks AMQP.</summary>
internal sealed class RabbitMqRuntime(RabbitMQServerResource resource, DataDirectory data, Reaper reaper, Action<OutputLine> output) : IResourceRuntime
{
    public async Task<IRunning> StartAsync(CancellationToken ct)
    {
        var options = new RabbitMqOptions(
            NativeMounts.DataDirectoryOf(resource, data),
            resource.PrimaryEndpoint.Port,
            await resource.UserNameReference.GetValueAsync(ct).ConfigureAwait(false) ?? "",
            await resource.PasswordParameter.GetValueAsync(ct).ConfigureAwait(false) ?? "")
        {
            ManagementPort = resource.ManagementEndpoint.Exists ? resource.ManagementEndpoint.Port : null,
        };
        var server = new RabbitMqServer(options, reaper, output);
        try
        {
            await server.StartAsync(ct).ConfigureAwait(false);
            await server.WaitUntilReadyAsync(ct).ConfigureAwait(false);
            return new RunningServer(server.Process!, server.StopAsync, server);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

/// <summary>A PostgreSQL server as a native process; it counts as running once its init files are done.</summary>
internal sealed partial class PostgresRuntime(PostgresServerResource resource, DataDirectory data, Reaper reaper, LaunchPlanner planner, Action<OutputLine> output)
    : IResourceRuntime
{
    public async Task<IRunning> StartAsync(CancellationToken ct)
    {
        var options = new PostgresOptions(
            NativeMounts.DataDirectoryOf(resource, data),
            resource.PrimaryEndpoint.Port,
            await resource.UserNameReference.GetValueAsync(ct).ConfigureAwait(false) ?? "",
            await resource.PasswordParameter.GetValueAsync(ct).ConfigureAwait(false) ?? "");
        var init = new PostgresInit(resource, options, reaper, planner, output);
        await init.PrepareAsync(ct).ConfigureAwait(false);
        var server = new PostgresServer(options, reaper, Tell);
        try
        {
            await server.StartAsync(ct).ConfigureAwait(false);
            await server.WaitUntilReadyAsync(ct).ConfigureAwait(false);
            await init.RunAsync(ct).ConfigureAwait(false);
            return new RunningServer(server.Process!, server.StopAsync, server);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // PostgreSQL writes everything to its error output, a checkpoint like a failure.
    private void Tell(OutputLine line) => output(line with { IsError = line.IsError && Failure().IsMatch(line.Text) });

    [GeneratedRegex(@"\b(?:error|ERROR|FATAL|PANIC): ")]
    private static partial Regex Failure();
}

internal sealed class RunningServer(NativeProcess process, Func<Task> stop, IAsyncDisposable server) : IRunning
{
    public IReadOnlyList<Instance> Instances => [new(null, process.Id)];

    public Task<int> Exited => process.Exited;

    public Task StopAsync() => stop();

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>The scripts of <c>WithInitFiles</c>: they run once, when the data is first made, with the server's environment variables.</summary>
internal sealed class PostgresInit(PostgresServerResource resource, PostgresOptions options, Reaper reaper, LaunchPlanner planner, Action<OutputLine> output)
{
    // Exists from before the cluster is made until its scripts have all run.
    private readonly string pending = Path.Combine(options.DataDirectory, "init-pending");
    private readonly string cluster = Path.Combine(options.DataDirectory, "cluster");

    private string[] Sources => [.. resource.Annotations.OfType<InitFilesAnnotation>().Select(a => a.Source)];

    /// <summary>Drops a cluster whose scripts did not finish, so that they start from nothing again.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        if (Sources.Length == 0)
        {
            return;
        }

        if (File.Exists(pending) && Directory.Exists(cluster))
        {
            var real = new DirectoryInfo(cluster).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? cluster;
            await NativeProcess.RunAsync(new("rm", "rm", ["-rf", "--", real]), reaper, ct).ConfigureAwait(false);
        }

        if (!Directory.Exists(cluster))
        {
            Directory.CreateDirectory(options.DataDirectory);
            await File.WriteAllTextAsync(pending, "", ct).ConfigureAwait(false);
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        if (!File.Exists(pending))
        {
            return;
        }

        var environment = await EnvironmentAsync(ct).ConfigureAwait(false);
        foreach (var script in Sources.SelectMany(Scripts))
        {
            await RunAsync(script, environment, ct).ConfigureAwait(false);
        }

        File.Delete(pending);
    }

    private static IEnumerable<string> Scripts(string source) =>
        File.Exists(source) ? [source]
        : Directory.Exists(source) ? Directory.GetFiles(source).Order(StringComparer.Ordinal)
        : throw new DistributedApplicationException($"The init files {source} do not exist.");

    // As in the server's container image: psql and scripts connect without being told how.
    private async Task<Dictionary<string, string?>> EnvironmentAsync(CancellationToken ct)
    {
        var environment = (await planner.VariablesAsync(resource, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, ct).ConfigureAwait(false))
            .ToDictionary(v => v.Key, v => (string?)v.Value);
        environment["PGHOST"] = "127.0.0.1";
        environment["PGPORT"] = options.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        environment["PGUSER"] = environment["POSTGRES_USER"] = options.UserName;
        environment["PGPASSWORD"] = environment["POSTGRES_PASSWORD"] = options.Password;
        environment["PGDATABASE"] = environment["POSTGRES_DB"] = "postgres";
        return environment;
    }

    private async Task RunAsync(string script, Dictionary<string, string?> environment, CancellationToken ct)
    {
        var psql = Path.Combine(ServerBinaries.FindPostgres().Directory, "psql");
        ProcessSpec? spec = Path.GetExtension(script) switch
        {
            ".sql" => new("psql", psql, ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", $"--file={script}"], environment),
            ".sh" => new("init", "sh", [script], environment),
            _ => null,
        };
        if (spec is null)
        {
            output(new($"{script} is neither .sql nor .sh and is ignored.", IsError: true));
            return;
        }

        var (exitCode, said) = await NativeProcess.RunAsync(spec, reaper, ct).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"The init file {script} failed with exit code {exitCode}:\n{said}");
        }
    }
}
