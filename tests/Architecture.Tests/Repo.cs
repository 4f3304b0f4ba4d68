using System.Reflection;

namespace Expo.Architecture.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static class Repo
{
    /// <summary>The five services, by project name.</summary>
    public static readonly IReadOnlyList<string> Services = ["Registration", "Exhibition", "Recruitment", "Forum", "Matchmaking"];

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>What of ours runs in a service, loaded.</summary>
    public static IReadOnlyList<Assembly> ServiceAssemblies { get; } = [.. Services.Concat(["Kernel", "Messaging", "Operations"]).Select(Assembly.Load)];

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>The path as a reader knows it.</summary>
    public static string Relative(string file) => System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/');

    /// <summary>The files below a folder, without what a build leaves there.</summary>
    public static IReadOnlyList<string> Files(string under, string pattern) =>
        Directory.Exists(Path(under)) ? [.. Below(new DirectoryInfo(Path(under)), pattern).Order(StringComparer.Ordinal)] : [];

    // What a build or a running platform leaves is not even looked into: it comes and goes, and may be closed to us.
    private static IEnumerable<string> Below(DirectoryInfo directory, string pattern) => directory.EnumerateFiles(pattern).Select(file => file.FullName)
        .Concat(directory.EnumerateDirectories().Where(part => part.Name is not ("obj" or "bin" or "artifacts" or ".git" or "node_modules" or ".aspire-data"))
            .SelectMany(part => Below(part, pattern)));

    private static string Find(string directory) =>
        File.Exists(System.IO.Path.Combine(directory, "ExpoPlatform.sln")) ? directory : Find(System.IO.Path.GetDirectoryName(directory)!);
}
