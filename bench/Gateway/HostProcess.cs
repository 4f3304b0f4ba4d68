using System.Diagnostics;

namespace Expo.Bench.Gateway;

/// <summary>A host of the platform as a process of its own, on a port that the system chose.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process process;

    private HostProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts a program of this build and waits until it listens.</summary>
    /// <param name="program">The name of its assembly.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="arguments">What follows the program's name.</param>
    public static async Task<HostProcess> StartAsync(string program, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Find(program));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in settings)
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // so that it never waits for a reader
                return new HostProcess(process, new Uri(line[(at + Listening.Length)..]));
            }
        }

        throw new InvalidOperationException($"{program} did not start:\n{string.Join('\n', said)}");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // artifacts/bin/Bench/release/ beside artifacts/bin/{program}/release/
    private static string Find(string program) =>
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", program, new DirectoryInfo(AppContext.BaseDirectory).Name, $"{program}.dll"));
}
