using System.Runtime.CompilerServices;

namespace Expo.Marten.Tests.Setup;

/// <summary>A text that is kept beside its test; EXPO_APPROVE=1 writes it anew, and its diff is then read.</summary>
public static class Golden
{
    public static void Equal(string name, IEnumerable<string> lines, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, name);
        var text = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("EXPO_APPROVE") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }
}
