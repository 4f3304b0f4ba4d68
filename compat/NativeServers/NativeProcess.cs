using System.Diagnostics;

namespace Expo.NativeServers;

/// <summary>A supervised process in a session and process group of its own, which the reaper ends if we cannot.</summary>
public sealed class NativeProcess : IAsyncDisposable
{
    // The child starts its work only after the reaper knows it: if we die before saying "go", it reads end of file and leaves.
    private const string WaitForGo = "read -r go && exec \"$@\" </dev/null";
    private const int RecentLines = 40;

    // A stream ends with the last process that holds it. Only one that left the group can hold it for longer; reading what is there may take a busy machine a while.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly Reaper reaper;
    private readonly Action<OutputLine>? output;
    private readonly Queue<string> recent = [];

    private NativeProcess(ProcessSpec spec, Process process, Reaper reaper, Action<OutputLine>? output)
    {
        Spec = spec;
        this.process = process;
        this.reaper = reaper;
        this.output = output;
        Identity = ProcessIdentity.Of(process.Id) ?? new(process.Id, 0);
        Exited = FollowAsync();
    }

    /// <summary>What runs.</summary>
    public ProcessSpec Spec { get; }

    /// <summary>Id and start time.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>The process id, which is also the id of its group.</summary>
    public int Id => Identity.Id;

    /// <summary>Completes with the exit code (128 + signal if a signal ended it).</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines it wrote, for error messages.</summary>
    public string RecentOutput
    {
        get
        {
            lock (recent)
                return string.Join('\n', recent);
        }
    }

    /// <summary>Starts a process; <paramref name="output"/> sees the lines of both streams one at a time and must not block.</summary>
    public static NativeProcess Start(ProcessSpec spec, Reaper reaper, Action<OutputLine>? output = null)
    {
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.WorkingDirectory ?? "/",
        };
        foreach (var argument in (IEnumerable<string>)["sh", "-c", WaitForGo, spec.Name, .. AsUser(spec.RunAs), spec.FileName, .. spec.Arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in spec.Environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        var process = new NativeProcess(spec, Process.Start(start)!, reaper, output);
        reaper.Add(process.Identity, spec.StopSignal);
        process.Go();
        return process;
    }

    /// <summary>Runs a short command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessSpec spec, Reaper reaper, CancellationToken ct)
    {
        await using var process = Start(spec, reaper);
        return (await process.Exited.WaitAsync(ct), process.RecentOutput);
    }

    /// <summary>Signals the process alone, not its group.</summary>
    public void Send(Signal signal) => Identity.Send(signal);

    /// <summary>Asks the process to stop, waits, and ends its whole group when the time is up.</summary>
    public async Task<int> StopAsync(Signal signal, TimeSpan timeout)
    {
        Send(signal);
        try
        {
            return await Exited.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            Identity.KillGroup();
            return await Exited;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
            await StopAsync(Signal.Kill, TimeSpan.FromSeconds(5));
        process.Dispose();
    }

    private static string[] AsUser(string? user) =>
        user is null || !Environment.IsPrivilegedProcess ? [] : ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups", "--"];

    private void Go()
    {
        try
        {
            process.StandardInput.WriteLine("go");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already; Exited tells.
        }
    }

    private async Task<int> FollowAsync()
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        if (process.HasExited)
            exited.TrySetResult();

        var readers = Task.WhenAll(ReadAsync(process.StandardOutput, isError: false), ReadAsync(process.StandardError, isError: true));
        await exited.Task;

        // What the leader left behind goes with it; otherwise it could hold our pipes, and a port, for ever.
        Identity.KillGroup();
        reaper.Remove(Identity);
        await Task.WhenAny(readers, Task.Delay(DrainTime));
        return process.ExitCode;
    }

    private async Task ReadAsync(StreamReader reader, bool isError)
    {
        await Task.Yield();
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (recent)
            {
                if (recent.Count == RecentLines)
                    recent.Dequeue();
                recent.Enqueue(line);
                output?.Invoke(new(line, isError));
            }
        }
    }
}
