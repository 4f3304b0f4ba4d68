using Xunit.Sdk;

namespace Expo.Architecture.Tests;

/// <summary>The two laws of these tests: a rule matches something, and its failure says what to do.</summary>
internal static class Rule
{
    /// <summary>Fails when the rule has nothing left to protect.</summary>
    public static void MatchedSomething<T>(IEnumerable<T> subjects, int atLeast = 1)
    {
        var count = subjects.Count();
        if (count < atLeast)
            throw new XunitException($"This rule matched {count} subjects and expected at least {atLeast}, so it protects nothing: correct how it looks for them.");
    }

    /// <summary>Fails with every violation and the remedy.</summary>
    public static void NoneOf(IEnumerable<string> violations, string remedy)
    {
        var list = violations.Order(StringComparer.Ordinal).ToList();
        if (list.Count > 0)
            throw new XunitException($"{remedy}\n  {string.Join("\n  ", list)}");
    }
}
