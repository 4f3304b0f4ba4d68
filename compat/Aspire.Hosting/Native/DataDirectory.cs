using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Expo.NativeHosting;

/// <summary>Where everything local is kept: server data, logs, generated secrets.</summary>
internal sealed class DataDirectory
{
    private const UnixFileMode EnterableByServers = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private DataDirectory(string path, bool isTemporary)
    {
        Path = path;
        IsTemporary = isTemporary;
        Secrets = new(System.IO.Path.Combine(path, "secrets.json"));
    }

    public string Path { get; }

    /// <summary>Deleted when the application has ended.</summary>
    public bool IsTemporary { get; }

    public SecretFile Secrets { get; }

    /// <summary>The processes of this run, for the next one to end what a crash left.</summary>
    public string Processes => System.IO.Path.Combine(Path, "processes");

    /// <summary>How to reach the AppHost's commands.</summary>
    public string AppHostFile => System.IO.Path.Combine(Path, "apphost.json");

    public static DataDirectory Of(IDistributedApplicationBuilder builder) =>
        builder.Services.Select(s => s.ImplementationInstance).OfType<DataDirectory>().Single();

    /// <summary>Configured, or <c>.aspire-data</c> beside the solution.</summary>
    public static DataDirectory Choose(IConfiguration configuration, string appHostDirectory)
    {
        var configured = configuration["Expo:Data"] ?? configuration["EXPO_DATA"];
        var path = configured is { Length: > 0 }
            ? System.IO.Path.GetFullPath(configured)
            : System.IO.Path.Combine(SolutionOf(appHostDirectory), ".aspire-data");
        return new(path, configuration.GetValue("Expo:DataIsTemporary", false));
    }

    public void Create()
    {
        try
        {
            Directory.CreateDirectory(Path, EnterableByServers);
            Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var trial = new FileStream(
                System.IO.Path.Combine(Path, ".trial"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new DistributedApplicationException(
                $"The data directory {Path} cannot be created or written ({e.Message}). Make it writable, or choose another with EXPO_DATA.", e);
        }
    }

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public string LogOf(string resource) => System.IO.Path.Combine(Path, "logs", $"{resource}.log");

    private static string SolutionOf(string directory)
    {
        for (var above = new DirectoryInfo(directory); above is not null; above = above.Parent)
        {
            if (above.EnumerateFiles("*.sln*").Any())
            {
                return above.FullName;
            }
        }

        return directory;
    }
}
