namespace Expo.Aspire.Hosting.Tests;

/// <summary>The browser of the operating system.</summary>
internal static class Chromium
{
    public static string Path { get; } = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium: ./expo test installs it.");
}
