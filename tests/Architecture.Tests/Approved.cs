namespace Expo.Architecture.Tests;

/// <summary>Files that a person has approved; a run with EXPO_APPROVE=1 writes them, and the diff is the review.</summary>
internal static class Approved
{
    public const string HowTo = "Run the architecture tests with EXPO_APPROVE=1, look at the diff, and commit it.";

    public static bool Approving { get; } = Environment.GetEnvironmentVariable("EXPO_APPROVE") == "1";

    /// <summary>The approved text, or nothing when there is none yet.</summary>
    public static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Writes a new approved file; existing ones are replaced only when asked.</summary>
    public static void Write(string path, string text, bool replace)
    {
        if (File.Exists(path) && !replace)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
