using System.Diagnostics;
using System.Text;

namespace Expo.Aspire.Hosting.Tests;

/// <summary>The sample AppHost as a program of its own; it does not outlive its test.</summary>
internal sealed class AppHostProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly StringBuilder said = new();

    /// <param name="data">Its data directory.</param>
    /// <param name="heedsRights">Whether file rights hold for it even when it is run by root, who may write everywhere otherwise.</param>
    /// <param name="environment">Variables besides.</param>
    public AppHostProgram(string data, bool heedsRights = false, params (string Name, string Value)[] environment)
    {
        string[] command = [Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", Sample.AppHost];
        string[] start = heedsRights && Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", "--", .. command]
            : command;
        var info = new ProcessStartInfo(start[0], start[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["EXPO_DATA"] = data;
        info.Environment["Dashboard__Port"] = "0";
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    private string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public void Kill() => process.Kill();

    public Task TerminateAsync(CancellationToken ct)
    {
        using var ask = Process.Start("kill", ["-TERM", $"{Id}"]);
        return process.WaitForExitAsync(ct).WaitAsync(Patience, ct);
    }

    /// <summary>How it ended, and everything it said.</summary>
    public async Task<(int ExitCode, string Said)> EndedAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct).WaitAsync(Patience, ct);
        return (process.ExitCode, Said);
    }

    /// <summary>Waits until it has said something.</summary>
    public Task SaysAsync(string words, CancellationToken ct) => Eventually.TrueAsync(() => Said.Contains(words, StringComparison.Ordinal), Patience, ct);

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (said)
        {
            said.Append(line).Append('\n');
        }
    }
}
