using System.Diagnostics;
using System.Globalization;

namespace Expo.NativeServers;

/// <summary>
/// Ends every process we started if we are killed: a separate small shell holds the read end of a pipe from us, and acts when the pipe closes.
/// With a state file, what survived even that is ended at the next start on the same data.
/// </summary>
public sealed class Reaper : IAsyncDisposable
{
    // What the kernel answers to a lock that another process holds.
    private const int WouldBlock = 11;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Lazy<string> Script = new(ReadScript);

    private readonly Lock gate = new();
    private readonly Process shell;
    private readonly string? stateFile;
    private readonly FileStream? claim;
    private readonly List<(ProcessIdentity Process, Signal Signal)> groups = [];
    private bool closed;

    private Reaper(Process shell, string? stateFile, FileStream? claim)
    {
        this.shell = shell;
        this.stateFile = stateFile;
        this.claim = claim;
    }

    /// <summary>Starts a reaper; sweeps first what an earlier owner of the state file left running.</summary>
    /// <exception cref="DataInUseException">The earlier owner still runs.</exception>
    public static Task<Reaper> StartAsync(string? stateFile = null, CancellationToken ct = default) => StartAsync(stateFile, Patience, ct);

    /// <summary>Starts a reaper which gives the processes this long to stop.</summary>
    public static async Task<Reaper> StartAsync(string? stateFile, TimeSpan patience, CancellationToken ct)
    {
        var claim = stateFile is null ? null : await ClaimAsync(stateFile, ct);
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true };
        foreach (var argument in (string[])["sh", "-c", Script.Value, "reaper", TenthsOf(patience)])
            start.ArgumentList.Add(argument);
        var reaper = new Reaper(Process.Start(start)!, stateFile, claim);
        lock (reaper.gate)
            reaper.Save();
        return reaper;
    }

    /// <summary>From now on this process (and its group) ends with us.</summary>
    public void Add(ProcessIdentity process, Signal signal)
    {
        lock (gate)
        {
            groups.Add((process, signal));
            Tell(string.Create(CultureInfo.InvariantCulture, $"add {process.Id} {process.StartTime} {(int)signal}"));
            Save();
        }
    }

    /// <summary>This process has ended.</summary>
    public void Remove(ProcessIdentity process)
    {
        lock (gate)
        {
            if (groups.RemoveAll(group => group.Process == process) == 0)
                return;
            Tell(string.Create(CultureInfo.InvariantCulture, $"remove {process.Id}"));
            Save();
        }
    }

    /// <summary>Deletes this directory once we and all our processes have ended.</summary>
    public void DeleteAtEnd(string path)
    {
        lock (gate)
            Tell($"delete {path}");
    }

    /// <summary>Lets go: whatever still runs is ended by the shell, after this process or with it.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
            // First, as its directory may be among those the shell deletes.
            if (groups.Count == 0 && stateFile is not null)
                File.Delete(stateFile);
            CloseInput();
        }

        await shell.WaitForExitAsync();
        shell.Dispose();
        if (claim is not null)
            await claim.DisposeAsync();
    }

    // Of two that start at the same moment only one gets it; it ends with its process, however that ends.
    private static async Task<FileStream> ClaimAsync(string stateFile, CancellationToken ct)
    {
        var claim = Lock(stateFile);
        try
        {
            await SweepAsync(stateFile, ct);
            return claim;
        }
        catch
        {
            await claim.DisposeAsync();
            throw;
        }
    }

    private static FileStream Lock(string stateFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(stateFile)!);
        try
        {
            return new($"{stateFile}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw InUse(stateFile, File.Exists(stateFile) ? File.ReadLines(stateFile).FirstOrDefault()?.Split(' ')[0] : null);
        }
    }

    private static DataInUseException InUse(string stateFile, string? owner) =>
        new($"{(owner is null ? "Another process" : $"Process {owner}")} already uses {Path.GetDirectoryName(stateFile)}: stop it first.");

    private static async Task SweepAsync(string stateFile, CancellationToken ct)
    {
        if (!File.Exists(stateFile))
            return;

        var lines = from line in await File.ReadAllLinesAsync(stateFile, ct)
                    let fields = line.Split(' ')
                    where fields.Length == 3
                    select (Process: new ProcessIdentity(Number(fields[0]), long.Parse(fields[1], CultureInfo.InvariantCulture)), Signal: (Signal)Number(fields[2]));
        var known = lines.ToList();
        if (known is [var owner, ..] && owner.Process.IsAlive)
            throw InUse(stateFile, owner.Process.Id.ToString(CultureInfo.InvariantCulture));

        var left = known.Skip(1).Reverse().Where(group => group.Process.IsAlive).ToList();
        left.ForEach(group => group.Process.Send(group.Signal));
        using var patience = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var deadline = Stopwatch.StartNew();
        while (left.Any(group => group.Process.IsAlive) && deadline.Elapsed < Patience)
            await patience.WaitForNextTickAsync(ct);
        left.ForEach(group => group.Process.KillGroup());
    }

    private static string TenthsOf(TimeSpan time) => ((int)(time.TotalSeconds * 10)).ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string ReadScript()
    {
        using var reader = new StreamReader(typeof(Reaper).Assembly.GetManifestResourceStream("reaper.sh")!);
        return reader.ReadToEnd();
    }

    private void Tell(string line)
    {
        if (closed)
            return;
        try
        {
            shell.StandardInput.WriteLine(line);
            shell.StandardInput.Flush();
        }
        catch (IOException)
        {
            // Somebody killed the shell. The state file still lets the next start sweep.
            closed = true;
        }
    }

    private void CloseInput()
    {
        try
        {
            shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has nobody left to tell.
        }
    }

    // First line: we. Then each process group: id, start time, signal.
    private void Save()
    {
        if (stateFile is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(stateFile)!);
        var all = groups.Prepend((Process: ProcessIdentity.Current, Signal: Signal.Terminate));
        File.WriteAllLines(stateFile, all.Select(one =>
            string.Create(CultureInfo.InvariantCulture, $"{one.Process.Id} {one.Process.StartTime} {(int)one.Signal}")));
    }
}
