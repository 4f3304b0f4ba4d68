using System.Globalization;
using System.Runtime.InteropServices;

namespace Expo.NativeServers;

/// <summary>A process for good: ids are reused, an id together with its start time is not.</summary>
public readonly record struct ProcessIdentity(int Id, long StartTime)
{
    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId)!.Value;

    /// <summary>Whether it still runs; a zombie does not.</summary>
    public bool IsAlive => Of(Id) == this;

    /// <summary>The running process with this id, if there is one.</summary>
    public static ProcessIdentity? Of(int id)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)
        {
            return null;
        }

        // "id (command) state …": the command may hold anything, so count from its closing bracket; field 22 is the start.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : new(id, long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    /// <summary>Signals the process alone.</summary>
    public void Send(Signal signal)
    {
        if (IsAlive)
            _ = Kill(Id, (int)signal);
    }

    /// <summary>Ends everything left in the group this process leads or led.</summary>
    public void KillGroup()
    {
        if (Id > 1 && (Of(Id) is not { } now || now == this))
            _ = Kill(-Id, (int)Signal.Kill);
    }

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
