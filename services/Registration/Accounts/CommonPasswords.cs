using Expo.Kernel;

namespace Expo.Registration.Accounts;

/// <summary>Passwords of ten characters and more that everybody tries first.</summary>
public static class CommonPasswords
{
    /// <summary>The answer when one of them is chosen.</summary>
    public static readonly Refusal Refusal = Refusal.Rule(
        "password.common", "该密码过于常见，请换一个。", "This password is among the most common ones. Choose another.");

    private static readonly Lazy<HashSet<string>> All = new(Read);

    /// <summary>Whether the password is one of them, in small or capital letters.</summary>
    public static bool Contains(string password) => All.Value.Contains(password);

    private static HashSet<string> Read()
    {
        using var text = new StreamReader(typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
