using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Expo.NativeHosting;

/// <summary>What to start for a project or a program: command, arguments, environment.</summary>
internal sealed record LaunchPlan(string FileName, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment);

/// <summary>Evaluates a resource's annotations when its process is about to start.</summary>
internal sealed class LaunchPlanner(DistributedApplicationExecutionContext executionContext, IConfiguration configuration, IHostEnvironment environment)
{
    // Milliseconds: somebody watches, and the default of a minute is long on an open day.
    private const string BatchDelay = "1000";
    private const string MetricInterval = "10000";
    private const string DevelopmentDelay = "1000";

    private static readonly string Dotnet =
        System.Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    public async Task<LaunchPlan> PlanAsync(IResource resource, ILogger logger, CancellationToken ct)
    {
        var arguments = await ArgumentsAsync(resource, logger, ct).ConfigureAwait(false);
        var variables = await VariablesAsync(resource, logger, ct).ConfigureAwait(false);
        switch (resource)
        {
            case ProjectResource project:
                AddTelemetry(project, variables);
                var metadata = project.Annotations.OfType<IProjectMetadata>().Last();
                var target = await TargetAsync(metadata, ct).ConfigureAwait(false);
                return new(Dotnet, [target, .. arguments], Path.GetDirectoryName(metadata.ProjectPath)!, variables);
            default:
                var executable = resource.Annotations.OfType<ExecutableAnnotation>().Last();
                return new(ProgramOf(executable, variables), arguments, executable.WorkingDirectory, variables);
        }
    }

    public async Task<Dictionary<string, string>> VariablesAsync(IResource resource, ILogger logger, CancellationToken ct)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: ct) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            variables[name] = await TextAsync(value, ct).ConfigureAwait(false) ?? "";
        }

        return variables;
    }

    private static async Task<List<string>> ArgumentsAsync(IResource resource, ILogger logger, CancellationToken ct)
    {
        var values = new List<object>();
        var context = new CommandLineArgsCallbackContext(values, resource, ct) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var arguments = new List<string>();
        foreach (var value in values)
        {
            if (await TextAsync(value, ct).ConfigureAwait(false) is { } text)
            {
                arguments.Add(text);
            }
        }

        return arguments;
    }

    private static async ValueTask<string?> TextAsync(object? value, CancellationToken ct) => value switch
    {
        null => null,
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(ct).ConfigureAwait(false),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(ct).ConfigureAwait(false),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    // As the shell would look for it; a file beside the AppHost need not be on the path.
    private static string ProgramOf(ExecutableAnnotation executable, Dictionary<string, string> variables)
    {
        if (!Directory.Exists(executable.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The working directory {executable.WorkingDirectory} does not exist: make it, or name another in the AppHost.");
        }

        var path = variables.GetValueOrDefault("PATH") ?? System.Environment.GetEnvironmentVariable("PATH") ?? "";
        string[] places = executable.Command.Contains('/', StringComparison.Ordinal)
            ? [Path.GetFullPath(executable.Command, executable.WorkingDirectory)]
            : [.. path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, executable.Command))];
        var file = places.FirstOrDefault(File.Exists) ?? throw new DistributedApplicationException(
            $"The program '{executable.Command}' was not found in {string.Join(", ", places.Select(Path.GetDirectoryName))}: install it, or name its file in the AppHost.");
        const UnixFileMode executes = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return (File.GetUnixFileMode(file) & executes) != 0
            ? file
            : throw new DistributedApplicationException($"{file} may not be executed: chmod +x {file}");
    }

    // The built assembly is started directly: one process, its own exit code, no build.
    private static async Task<string> TargetAsync(IProjectMetadata metadata, CancellationToken ct)
    {
        var target = metadata switch
        {
            IProjectTarget known => known.TargetPath,
            { ProjectPath: var path } when path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) => path,
            { ProjectPath: var path } => await AskBuildAsync(path, ct).ConfigureAwait(false),
        };
        return File.Exists(target)
            ? target
            : throw new DistributedApplicationException($"{target} does not exist: build it first (dotnet build {metadata.ProjectPath}).");
    }

    private static async Task<string> AskBuildAsync(string project, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo(Dotnet, ["msbuild", project, "-getProperty:TargetPath"]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync(ct).ConfigureAwait(false);
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return answer.Trim();
    }

    private void AddTelemetry(ProjectResource project, Dictionary<string, string> variables)
    {
        variables.TryAdd("OTEL_SERVICE_NAME", project.Name);
        variables.TryAdd("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (environment.IsDevelopment())
        {
            // Short delays: whoever develops looks at what happened just now.
            foreach (var name in (string[])["OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL"])
            {
                variables.TryAdd(name, DevelopmentDelay);
            }

            variables.TryAdd("OTEL_TRACES_SAMPLER", "always_on");
            variables.TryAdd("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based");
        }

        var (grpc, http) = (Dashboard("OTLP_ENDPOINT_URL"), Dashboard("OTLP_HTTP_ENDPOINT_URL"));
        // Whoever set another backend for the AppHost's environment means it.
        if ((grpc ?? http) is { } endpoint && configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is null)
        {
            variables.TryAdd("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
            variables.TryAdd("OTEL_EXPORTER_OTLP_PROTOCOL", grpc is null ? "http/protobuf" : "grpc");
            if (configuration["AppHost:OtlpApiKey"] is { } key)
            {
                variables.TryAdd("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={key}");
            }

            variables.TryAdd("OTEL_BSP_SCHEDULE_DELAY", BatchDelay);
            variables.TryAdd("OTEL_BLRP_SCHEDULE_DELAY", BatchDelay);
            variables.TryAdd("OTEL_METRIC_EXPORT_INTERVAL", MetricInterval);
        }
    }

    private string? Dashboard(string name) => configuration[$"ASPIRE_DASHBOARD_{name}"] ?? configuration[$"DOTNET_DASHBOARD_{name}"];
}
