using System.Text.Json.Nodes;

namespace Expo.Demo;

/// <summary>The password that the AppHost generated for the account <c>committee</c>.</summary>
internal static class CommitteePassword
{
    /// <summary>From the environment, else from the AppHost's data: where it was told to keep them, or beside the repository.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable("EXPO_COMMITTEE_PASSWORD") ?? FromData();

    private static string? FromData()
    {
        if (Environment.GetEnvironmentVariable("EXPO_DATA") is { Length: > 0 } data)
        {
            return From(data);
        }

        for (var directory = new DirectoryInfo(Environment.CurrentDirectory); directory is not null; directory = directory.Parent)
        {
            if (From(Path.Combine(directory.FullName, ".aspire-data")) is { } password)
            {
                return password;
            }
        }

        return null;
    }

    private static string? From(string data)
    {
        var file = Path.Combine(data, "secrets.json");
        return File.Exists(file) ? (string?)JsonNode.Parse(File.ReadAllText(file))?["Parameters:committee-password"] : null;
    }
}
