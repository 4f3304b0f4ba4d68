using System.Globalization;

namespace Expo.NativeServers;

/// <summary>Says who listens on a port, as far as this user may know.</summary>
public static class PortOwner
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>As <c>process 4711 (nginx)</c>, or <c>another process</c>.</summary>
    public static string Describe(int port) => Find(port) ?? "another process";

    /// <summary>The same; nothing when nobody listens.</summary>
    public static string? Find(int port)
    {
        var hex = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        var inodes = Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => f.Length > 9 && f[3] == Listening && f[1].EndsWith(hex, StringComparison.Ordinal))
            .Select(f => $"socket:[{f[9]}]")
            .ToHashSet();
        if (inodes.Count == 0)
            return null;
        var owner = Directory.EnumerateDirectories("/proc").FirstOrDefault(process => Holds(process, inodes));
        return owner is null ? "another process" : $"process {Path.GetFileName(owner)} ({NameOf(owner)})";
    }

    private static bool Holds(string process, HashSet<string> inodes)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(process)[0])
                && Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(fd => new FileInfo(fd).LinkTarget is { } link && inodes.Contains(link));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "?";
        }
    }
}
