using System.Text.Json.Nodes;

namespace Expo.Demo;

/// <summary>The password that the AppHost generated for the account <c>committee</c>.</summary>
internal static class CommitteePassword
{
    /// <summary>From the environment, else from the AppHost's data beside the repository.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable("EXPO_COMMITTEE_PASSWORD") ?? FromParameters();

    private static string? FromParameters()
    {
        for (var directory = new DirectoryInfo(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
        {
            var file = Path.Combine(directory.FullName, ".aspire-data", "secrets.json");
            if (File.Exists(file))
            {
                return (string?)JsonNode.Parse(File.ReadAllText(file))?["Parameters:committee-password"];
            }
        }
        return null;
    }
}
