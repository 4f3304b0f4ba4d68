using Expo.NativeServers;

namespace DotNet.Testcontainers;

/// <summary>What all throwaway servers of this process share: the reaper, which also deletes their data when the process is killed.</summary>
internal static class ThrowawayServers
{
    private static readonly Lazy<Task<Reaper>> Shared = new(() => Reaper.StartAsync());

    public static Task<Reaper> ReaperAsync() => Shared.Value;

    /// <summary>A new directory that others may pass through, since PostgreSQL runs as another user when we are root.</summary>
    public static async Task<string> NewDirectoryAsync(string kind)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"expo-{kind}-{Guid.CreateVersion7():n}");
        Directory.CreateDirectory(
            directory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        (await ReaperAsync()).DeleteAtEnd(directory);
        return directory;
    }

    public static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
