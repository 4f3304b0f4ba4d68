using System.Globalization;
using System.Text.RegularExpressions;

namespace Expo.NativeServers;

/// <summary>The programs of one PostgreSQL version.</summary>
public sealed record PostgresBinaries(string Directory, int Major)
{
    /// <summary>Makes a new cluster.</summary>
    public string InitDb => Path.Combine(Directory, "initdb");

    /// <summary>The server.</summary>
    public string Postgres => Path.Combine(Directory, "postgres");
}

/// <summary>The programs of one RabbitMQ version; the server is the script itself, not the packaged wrapper, which would switch user.</summary>
public sealed record RabbitMqBinaries(string Server, string Epmd, Version Version);

/// <summary>Finds installed server programs; never starts or uses the packages' own system servers.</summary>
public static partial class ServerBinaries
{
    private const int OldestPostgres = 15;
    private static readonly Version OldestRabbitMq = new(3, 10);

    /// <summary>The newest PostgreSQL from 15 on, or the given major version.</summary>
    public static PostgresBinaries FindPostgres(int? major = null) =>
        Postgres()
            .Where(found => major is null ? found.Major >= OldestPostgres : found.Major == major)
            .MaxBy(found => found.Major)
        ?? throw new MissingServerException(
            $"PostgreSQL {major ?? OldestPostgres}{(major is null ? " or newer" : "")} is not installed: "
            + $"./expo up installs it, or: apt-get install {(major is null ? "postgresql" : $"postgresql-{major}")}");

    /// <summary>RabbitMQ from 3.10 on, with the Erlang it runs on.</summary>
    public static RabbitMqBinaries FindRabbitMq()
    {
        if (OnPath("erl") is not { } erl || (OnPath("epmd") ?? BesideErl(erl)) is not { } epmd || RabbitMq() is not { } found)
            throw new MissingServerException("RabbitMQ 3.10 or newer is not installed: ./expo up installs it, or: apt-get install rabbitmq-server");
        return new(found.Server, epmd, found.Version);
    }

    private static IEnumerable<PostgresBinaries> Postgres()
    {
        var debian = Subdirectories("/usr/lib/postgresql", "*").Select(version => Path.Combine(version, "bin"));
        var directories = OnPath("postgres") is { } server ? debian.Append(Path.GetDirectoryName(RealPath(server))!) : debian;
        return from directory in directories
               where File.Exists(Path.Combine(directory, "postgres")) && File.Exists(Path.Combine(directory, "initdb"))
               let version = FirstNumber().Match(directory.StartsWith("/usr/lib/postgresql/", StringComparison.Ordinal)
                   ? directory
                   : VersionOf(Path.Combine(directory, "postgres")))
               where version.Success
               select new PostgresBinaries(directory, int.Parse(version.Value, CultureInfo.InvariantCulture));
    }

    private static (string Server, Version Version)? RabbitMq()
    {
        var homes = (string[])["/usr/lib/rabbitmq/lib", "/opt", "/usr/local/lib"];
        var found = from home in homes
                    from directory in Subdirectories(home, "rabbitmq_server-*")
                    let server = Path.Combine(directory, "sbin", "rabbitmq-server")
                    where File.Exists(server) && Version.TryParse(Path.GetFileName(directory).Split('-')[1], out _)
                    let version = Version.Parse(Path.GetFileName(directory).Split('-')[1])
                    where version >= OldestRabbitMq
                    orderby version descending
                    select (server, version);
        return found.Select(one => ((string, Version)?)one).FirstOrDefault();
    }

    private static string? BesideErl(string erl) =>
        Subdirectories(Path.GetDirectoryName(Path.GetDirectoryName(RealPath(erl)))!, "erts-*")
            .Select(erts => Path.Combine(erts, "bin", "epmd"))
            .FirstOrDefault(File.Exists);

    private static string VersionOf(string program)
    {
        var start = new System.Diagnostics.ProcessStartInfo(program, "--version") { RedirectStandardOutput = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        return process.StandardOutput.ReadToEnd();
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    private static string RealPath(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static string[] Subdirectories(string directory, string pattern) =>
        Directory.Exists(directory) ? Directory.GetDirectories(directory, pattern) : [];

    [GeneratedRegex(@"\d+")]
    private static partial Regex FirstNumber();
}
